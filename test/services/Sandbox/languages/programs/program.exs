word = IO.gets("") |> String.trim()
rest = fn -> IO.read(:stdio, :all) end

defmodule Helper do
  def turn(count), do: turn(count + 1)
  def fill(kept), do: fill([:binary.copy("x", 1_048_576) | kept])
end

case word do
  "echo" -> IO.write(rest.())
  "add" -> rest.() |> String.split() |> Enum.map(&String.to_integer/1) |> Enum.sum() |> IO.puts()
  "exit" -> System.halt(3)
  "fail" -> IO.puts(hd(Enum.to_list([])))
  "loop" -> Helper.turn(0)
  "fill" -> Helper.fill([])
end
