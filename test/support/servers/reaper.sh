#!/usr/bin/env bash
# Ends servers and takes their folder away once the process that started them is gone, however it ended; leaves where the
# folder is gone first. Usage: reaper.sh PROCESS FOLDER SERVER_PROCESS...
process=$1 folder=$2
shift 2
while [ -d "$folder" ]; do
  if ! kill -0 "$process" 2>/dev/null; then
    kill -KILL "$@"
    sleep 0.2
    rm -rf "$folder"
    exit
  fi
  sleep 1
done
