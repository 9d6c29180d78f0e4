<?php
$word = trim(fgets(STDIN));
$rest = stream_get_contents(STDIN);
if ($word === "echo") echo $rest;
elseif ($word === "add") echo array_sum(preg_split('/\s+/', trim($rest))), "\n";
elseif ($word === "exit") exit(3);
elseif ($word === "fail") throw new Exception("no");
elseif ($word === "loop") while (true) {}
elseif ($word === "fill") {
    $kept = [];
    while (true) $kept[] = str_repeat("x", 1 << 20) . count($kept);
}
