word = gets.strip
case word
when "echo" then print $stdin.read
when "add" then puts $stdin.read.split.map(&:to_i).sum
when "exit" then exit 3
when "fail" then puts [].fetch(1)
when "loop" then loop {}
when "fill"
  kept = []
  loop { kept << "x" * (1 << 20) }
end
