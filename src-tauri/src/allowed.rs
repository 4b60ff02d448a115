/// What the window's pages may ask the agent: what they do ask, and no more. Tokens and credentials are for programs, never for a
/// web page.
const METHODS: [&str; 20] = [
    "account.add",
    "account.remove",
    "account.retry",
    "agent.start_afresh",
    "agent.unlock",
    "check.cancel",
    "check.wait",
    "profile.check",
    "profile.import",
    "profile.list",
    "profile.remove",
    "profile.set",
    "registration.test",
    "settings.get",
    "settings.set",
    "sign_in.cancel",
    "sign_in.start",
    "sign_in.wait",
    "sign_out",
    "tenant.find",
];

pub(crate) fn is_allowed(method: &str) -> bool {
    METHODS.contains(&method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_gets_at_a_token_or_a_credential() {
        for secret in
            ["token.get", "token.reject", "credential.get", "rpc.discover", "agent.subscribe", "", "TOKEN.GET"]
        {
            assert!(!is_allowed(secret), "{secret}");
        }
    }

    #[test]
    fn what_the_pages_can_ask_for_is_what_is_allowed() {
        let backend = include_str!("../../ui/src/lib/backend.ts");
        let (_, methods) = backend.split_once("export type Method =").unwrap();
        let (methods, _) = methods.split_once(">;").unwrap();
        let mut asked: Vec<_> = methods.split('\'').skip(1).step_by(2).collect();
        asked.sort_unstable();
        assert_eq!(asked, METHODS);
    }

    #[test]
    fn every_method_of_the_agent_is_allowed_or_withheld_on_purpose() {
        let secret = ["token.get", "token.reject", "credential.get"];
        // No page asks for these.
        let unused = ["account.list", "account.set", "agent.status", "agent.stop", "profile.get"];
        let known = |name: &&&str| is_allowed(name) || secret.contains(name) || unused.contains(name);
        let forgotten: Vec<_> = ipc::Call::NAMES.iter().filter(|name| !known(name)).collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }
}
