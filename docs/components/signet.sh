# Asks Signet, over its local endpoint, and connects with what it says. Takes socat, jq and curl; Linux and macOS.

# ask METHOD PARAMS prints the result, or says Signet's word and whose turn it is.
ask() {
    printf '{"jsonrpc":"2.0","id":1,"method":"%s","params":%s}\n' "$1" "$2" |
        socat -t 130 - "UNIX-CONNECT:${SIGNET_SOCKET:-$XDG_RUNTIME_DIR/signet/agent.sock}" |
        jq 'if .error then "\(.error.message) (\(.error.data.kind))\n" | halt_error(1) else .result end'
}

# credential PROFILE
credential() {
    ask credential.get "$(jq -cn --arg profile "$1" '{$profile, min_valid_seconds: 300}')"
}

# connect PATH [LINE...] < credential: runs curl with further lines of configuration. The secret goes to curl on its standard
# input and stands in no list of processes.
connect() {
    path=$1
    shift
    {
        jq -r --arg path "$path" '
            (.protocol + if .encryption == "tls" then "s" else "" end) as $scheme
            | "url = \("\($scheme)://\(.host):\(.port)/\($path)" | @json)",
            (if .encryption == "starttls" then "ssl-reqd" else empty end),
            if .authentication == "password" then "user = \("\(.login):\(.password)" | @json)"
            else
                "user = \(if .protocol == "smtp" then .login else .mailbox end + ":" | @json)",
                "oauth2-bearer = \(.access_token | @json)",
                "login-options = \"AUTH=XOAUTH2\""
            end'
        printf '%s\n' "$@"
    } | curl -sS --config -
}
