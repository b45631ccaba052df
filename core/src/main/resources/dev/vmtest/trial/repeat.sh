# The functions of a script that repeats a boot by hand. It works below the test's directory and writes
# only to repeat/, so what the test left stays as it is.

fail() {
    echo "vmtest: $*" >&2
    exit 3
}

# Fails unless all files can be read.
need() {
    for file; do
        [ -r "$file" ] || fail "$file is missing: it was not kept, or the image is no longer there"
    done
}

# Makes empty disks of so many bytes, in the place of those of an earlier repetition.
empty_disk() {
    rm -f "repeat/$1"
    truncate -s "$2" "repeat/$1" || fail "cannot make repeat/$1"
}

# Copies a template of UEFI variables.
empty_variables() {
    cp -f "$1" "repeat/$2" || fail "cannot make repeat/$2"
    chmod u+w "repeat/$2"
}

# Makes sure that the disks of an installed system are in repeat/: those of an install that was repeated,
# or else copies of what the test installed.
installed() {
    for name; do
        [ ! -e "repeat/$name" ] || continue
        if [ -e "disks/$name" ]; then
            cp --sparse=always --reflink=auto "disks/$name" "repeat/$name.part"
        elif [ -e disks/disks.tar ]; then
            tar -C repeat --transform "s,.*,$name.part," -xSf disks/disks.tar "./$name" ||
                fail "disks/disks.tar holds no $name"
        else
            fail "disks/$name was not kept; install it again with logs/install-command.sh"
        fi
        mv "repeat/$name.part" "repeat/$name"
    done
}

# Lets the guest fetch a file at a path.
publish() {
    need "$2"
    mkdir -p "repeat/www/$(dirname "$1")"
    ln -sfn "$(readlink -f "$2")" "repeat/www/$1"
}

# Serves what was published on a port of this host's loopback, where guests on QEMU's user network find
# it, and takes report events without keeping them. It ends with this shell.
serve() {
    command -v python3 >/dev/null || fail "python3 is not installed; it serves the seed: apt-get install python3"
    rm -f repeat/ready
    mkfifo repeat/ready
    python3 -c '
import ctypes, http.server, os, signal, sys

class Handler(http.server.SimpleHTTPRequestHandler):
    def do_POST(self):
        left = min(int(self.headers.get("Content-Length") or 0), 1 << 26)
        while left > 0 and (piece := self.rfile.read(min(left, 1 << 16))):
            left -= len(piece)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, *words):
        pass

shell = os.getppid()
ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
if os.getppid() != shell:
    sys.exit()
ready = open("repeat/ready", "w")
os.chdir(sys.argv[2])
try:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
except OSError as trouble:
    ready.write(str(trouble.strerror) + "\n")
    sys.exit(1)
ready.write("ready\n")
ready.close()
server.serve_forever()
' "$1" repeat/www </dev/null >/dev/null 2>&1 &
    server=$!
    # The port is free once the shell is gone, for the next repetition.
    trap 'kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; rm -f repeat/ready' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    read -r answer <repeat/ready || answer="it did not start"
    [ "$answer" = ready ] || fail "the seed cannot be served on port $1 of 127.0.0.1: $answer"
}
