module Main where

import System.Exit

main :: IO ()
main = do
  word <- getLine
  case word of
    "echo" -> getContents >>= putStr
    "add" -> getContents >>= print . sum . map (read :: String -> Integer) . words
    "exit" -> exitWith (ExitFailure 3)
    "fail" -> print (head ([] :: [Int]))
    "loop" -> print (length (cycle [1 :: Int, 2]))
    "fill" -> do
      let kept = [1 ..] :: [Integer]
      print (sum (take 100000000 kept))
      print (kept !! 200000000)
      print (head kept)
    _ -> return ()
