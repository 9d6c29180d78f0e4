-module(program).
-export([main/1]).

main(_) ->
    case string:trim(io:get_line("")) of
        "echo" -> io:put_chars(rest(""));
        "add" -> io:format("~p~n", [lists:sum([list_to_integer(I) || I <- string:lexemes(rest(""), " \n")])]);
        "exit" -> halt(3);
        "fail" -> io:format("~p~n", [hd(tl([1]))]);
        "loop" -> turn(0);
        "fill" -> fill([])
    end.

rest(Text) ->
    case io:get_line("") of
        eof -> Text;
        Line -> rest(Text ++ Line)
    end.

turn(Count) -> turn(Count + 1).

fill(Kept) -> fill([binary:copy(<<"x">>, 1048576) | Kept]).
