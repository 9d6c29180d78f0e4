import scala.collection.mutable.ArrayBuffer
import scala.io.StdIn

object Main {
  def main(args: Array[String]): Unit = {
    val word = StdIn.readLine()
    val rest = Iterator.continually(StdIn.readLine()).takeWhile(_ != null)
    word match {
      case "echo" => rest.foreach(line => println(line))
      case "add" => println(rest.flatMap(_.split(" ")).map(_.toLong).sum)
      case "exit" => sys.exit(3)
      case "fail" => println(List[Int]().head)
      case "loop" => while (true) {}
      case "fill" =>
        val kept = ArrayBuffer[Array[Byte]]()
        while (true) kept += new Array[Byte](1 << 20)
    }
  }
}
