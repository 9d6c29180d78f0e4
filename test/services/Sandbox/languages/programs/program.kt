import kotlin.system.exitProcess

fun main() {
    val word = readLine()
    val rest = generateSequence(::readLine)
    when (word) {
        "echo" -> for (line in rest) println(line)
        "add" -> println(rest.flatMap { it.split(" ").asSequence() }.map { it.toLong() }.sum())
        "exit" -> exitProcess(3)
        "fail" -> println(listOf<Int>()[1])
        "loop" -> while (true) {}
        "fill" -> {
            val kept = ArrayList<ByteArray>()
            while (true) kept.add(ByteArray(1 shl 20))
        }
    }
}
