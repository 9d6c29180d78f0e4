(require '[clojure.string :as str])

(let [word (read-line)]
  (case word
    "echo" (do (print (slurp *in*)) (flush))
    "add" (println (reduce + (map #(Long/parseLong %) (str/split (str/trim (slurp *in*)) #"\s+"))))
    "exit" (System/exit 3)
    "fail" (println (nth [] 1))
    "loop" (loop [] (recur))
    "fill" (loop [kept []] (recur (conj kept (byte-array 1048576))))))
