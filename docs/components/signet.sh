# Asks Signet, over its local endpoint, and connects with what it says. Takes socat, jq and curl; Linux and macOS.

die() {
    printf '%s\n' "$1" >&2
    exit 1
}

for program in socat jq curl; do
    command -v "$program" >/dev/null || die "$program is missing here; install it"
done

# Where the agent listens, which cron and services do not tell: docs/protocol.md, "Where it is".
address() {
    if [ -n "${SIGNET_SOCKET:-}" ]; then
        printf '%s' "$SIGNET_SOCKET"
    elif [ "$(uname)" = Darwin ]; then
        printf '%s/signet/agent.sock' "$(getconf DARWIN_USER_TEMP_DIR)"
    else
        printf '%s/signet/agent.sock' "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"
    fi
}

# ask METHOD PARAMS prints the result, or says Signet's word and whose turn it is.
ask() {
    socket=$(address)
    answer=$(printf '{"jsonrpc":"2.0","id":1,"method":"%s","params":%s}\n' "$1" "$2" |
        socat -t 130 - "UNIX-CONNECT:$socket" 2>/dev/null) || {
        command -v signet >/dev/null || die "Signet is not running: nobody listens at $socket. It is not installed either"
        die "Signet is not running: nobody listens at $socket. Start it with: signet agent"
    }
    [ -n "$answer" ] || die "Signet gave no answer"
    printf '%s' "$answer" |
        jq 'if .error then "\(.error.message) (\(.error.data.kind))\n" | halt_error(1) else .result end'
}

# credential PROFILE
credential() {
    ask credential.get "$(jq -cn --arg profile "$1" '{$profile, min_valid_seconds: 300}')"
}

# connect path=PATH [OPTION | OPTION=VALUE]... < credential: runs curl with these options. The secret goes to curl on its standard
# input and stands in no list of processes. `next path=PATH` begins a further request over the same connection.
connect() {
    jq -r '
        # A string in the configuration of curl, in which each line is an option.
        def quoted: if test("[[:cntrl:]]") then error("a sign that no option may have") else @json end;
        # Where a request goes, and as whom.
        def request($path):
            (.protocol + if .encryption == "tls" then "s" else "" end) as $scheme
            | "url = " + ("\($scheme)://\(.host):\(.port)/\($path)" | quoted), "globoff",
              # A server that is silent for longer is given up; one that looks at a message may take its time (RFC 5321
              # section 4.5.3.2.6), or it would be sent twice.
              "connect-timeout = 60", "speed-time = \(if .protocol == "smtp" then 600 else 60 end)",
              (if .encryption == "starttls" then "ssl-reqd" else empty end),
              if .authentication == "password" then "user = " + ("\(.login):\(.password)" | quoted)
              else
                  "user = " + ((if .protocol == "smtp" then .login else .mailbox end) + ":" | quoted),
                  "oauth2-bearer = " + (.access_token | quoted),
                  "login-options = \"AUTH=XOAUTH2\""
              end;
        def option($it): index("=") as $at
            | if $at == null then .
              elif .[:$at] == "path" then .[$at + 1:] as $path | $it | request($path)
              else "\(.[:$at]) = \(.[$at + 1:] | quoted)" end;
        . as $it | [$ARGS.positional[] | option($it)][]' --args "$@" | curl -sS --config -
}
