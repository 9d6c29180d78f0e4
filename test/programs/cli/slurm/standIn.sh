# Stands for seidr in the script of an array: a log that is a text, and an end that is told by $STATUS.
case $1 in
experiment)
  db=$6
  echo life >>"$db"
  echo "asked: $*; cache $SEIDR_CACHE" >>"$db.asked"
  cat "$db.asked"
  trap 'echo told >>"$db"; exit 130' TERM
  echo "begun by $$"
  while [ "$STATUS" = wait ]; do sleep 0.1; done
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
