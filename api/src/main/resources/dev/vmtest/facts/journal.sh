# The journal of this boot as text, and the journal files themselves, compressed.
journalctl --no-pager -b -o short-monotonic 2>>collect-stderr.txt | tail -c 4000000 >journal.txt
if [ -d /var/log/journal ]; then
    journalctl --sync 2>>collect-stderr.txt
    mkdir -p var-log-journal
    for file in /var/log/journal/*/system*.journal; do
        if [ -e "$file" ]; then
            keep "var-log-journal/${file##*/}.gz" gzip -1 -c "$file"
        fi
    done
fi
