# Stands for seidr in the script of an array: a log that is a text, and an end that $STATUS tells: a number, `wait` until
# it is told to end, or `linger` some time after that.
case $1 in
experiment)
  db=$6
  echo life >>"$db"
  echo "asked: $*; cache $SEIDR_CACHE" >>"$db.asked"
  cat "$db.asked"
  told=
  trap 'echo told >>"$db"; told=yes' TERM
  echo "begun by $$"
  while [ "$STATUS" = wait ] && [ -z "$told" ]; do sleep 0.1; done
  while [ "$STATUS" = linger ] && [ ${#told} -lt 20 ]; do
    sleep 0.1
    told=${told:+${told}s}
  done
  if [ -n "$told" ]; then exit 130; fi
  exit "$STATUS"
  ;;
backup)
  if [ -n "${UNSAVED:-}" ]; then
    echo "no copy today"
    exit 3
  fi
  cp "$4" "$2"
  ;;
esac
