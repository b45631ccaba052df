# Symbolic links are listed, then removed: the reader of this directory follows none.
find . -type l -printf 'l\t%P\t%l\n' -delete >symlinks.txt 2>>collect-stderr.txt
# Device nodes, sockets and pipes have no content to collect.
find . ! -type f ! -type d -printf '%y\t%P\t\n' -delete >>symlinks.txt 2>>collect-stderr.txt
