// The table of everything that can be set.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "util/config.h"
#include "util/log.h"
#include "util/mailbox.h"
#include "util/text.h"
#include "util/vault.h"

namespace ostiary {
namespace {

using Refusal = std::optional<std::string>;

// ── How a value is read and shown, by the type of its member ──────────────────────────────────

template <int Config::*Member>
std::string ShowNumber(const Config& config) {
    return std::to_string(config.*Member);
}

template <int Config::*Member, int kLeast, int kMost>
Refusal ReadNumber(Config& config, std::string_view text) {
    const auto number = ParseInt(text);
    if (!number || *number < kLeast || *number > kMost)
        return fmt::format("must be a whole number from {} to {}", kLeast, kMost);
    config.*Member = static_cast<int>(*number);
    return std::nullopt;
}

template <bool Config::*Member>
std::string ShowSwitch(const Config& config) {
    return config.*Member ? "on" : "off";
}

template <bool Config::*Member>
Refusal ReadSwitch(Config& config, std::string_view text) {
    const std::string word = Fold(text);
    const bool on = word == "on" || word == "true" || word == "yes" || word == "1";
    const bool off = word == "off" || word == "false" || word == "no" || word == "0";
    if (!on && !off) return "must be on or off";
    config.*Member = on;
    return std::nullopt;
}

template <std::string Config::*Member>
std::string ShowText(const Config& config) {
    return config.*Member;
}

template <std::string Config::*Member>
std::string ShowSecret(const Config& config) {
    return (config.*Member).empty() ? "" : "…";
}

template <std::string Catalogue::*Member>
std::string ShowWord(const Config& config) {
    return config.catalogue.*Member;
}

template <std::string Catalogue::*Member>
Refusal ReadWord(Config& config, std::string_view text) {
    if (CountCharacters(text) > 64 || !IsCleanText(text, Lines::kOne))
        return "must be at most 64 characters";
    config.catalogue.*Member = text;
    return std::nullopt;
}

// ── The ones with rules of their own ──────────────────────────────────────────────────────────

constexpr std::string_view kHostLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

bool IsPort(std::string_view text, int least) {
    const auto port = ParseInt(text);
    return port && *port >= least && *port <= 65535;
}

bool IsHost(std::string_view host) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.%") ==
               host.npos;
    return !host.empty() && host.find_first_not_of(kHostLetters) == host.npos;
}

bool IsHostAndPort(std::string_view authority, int least) {
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
    return IsHost(authority.substr(0, colon)) &&
           (colon == authority.npos || IsPort(authority.substr(colon + 1), least));
}

Refusal ReadListen(Config& config, std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == text.npos || !IsHost(text.substr(0, colon)) || !IsPort(text.substr(colon + 1), 0))
        return "must be an address and a port, like 127.0.0.1:8080 or [::]:8080";
    config.listen = text;
    return std::nullopt;
}

Refusal ReadBaseUrl(Config& config, std::string_view text) {
    constexpr const char* kRule =
        "must be an address as browsers write it, like https://invite.example.org, without ? or #";
    if (text.empty()) {
        config.base_url.clear();
        return std::nullopt;
    }
    const std::size_t scheme = text.find("://");
    if (scheme == text.npos) return kRule;
    const std::string_view name = text.substr(0, scheme), rest = text.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const std::string_view path = rest.substr(authority.size());
    constexpr std::string_view kForeign = "?#\\\"<>` ";
    if ((name != "http" && name != "https") || !IsHostAndPort(authority, 1) ||
        path.find_first_of(kForeign) != path.npos || !IsCleanText(path, Lines::kOne))
        return kRule;
    config.base_url = text;
    return std::nullopt;
}

constexpr std::array<std::string_view, 4> kApprovalRules = {"never", "elevated", "managers",
                                                            "always"};

std::string ShowApprovals(const Config& config) {
    return std::string(kApprovalRules.at(static_cast<std::size_t>(config.approvals)));
}

Refusal ReadApprovals(Config& config, std::string_view text) {
    const auto found = std::ranges::find(kApprovalRules, text);
    if (found == kApprovalRules.end()) return "must be never, elevated, managers or always";
    config.approvals = static_cast<ApprovalRule>(found - kApprovalRules.begin());
    return std::nullopt;
}

std::string ShowProxies(const Config& config) { return Join(config.trusted_proxies, ", "); }

Refusal ReadProxies(Config& config, std::string_view text) {
    auto proxies = SplitList(text, ',');
    for (const std::string& proxy : proxies)
        if (proxy.find_first_not_of("0123456789abcdefABCDEF:./") != proxy.npos)
            return "must be a list of addresses or networks, like 10.0.0.1, 192.168.0.0/24";
    config.trusted_proxies = std::move(proxies);
    return std::nullopt;
}

Refusal ReadSiteName(Config& config, std::string_view text) {
    if (Trim(text).empty() || CountCharacters(text) > 64 || !IsCleanText(text, Lines::kOne))
        return "must be 1 to 64 characters";
    config.site_name = Trim(text);
    return std::nullopt;
}

// Name and password have keys of their own, so that none stands in an address that is shown.
Refusal ReadMailServer(Config& config, std::string_view text) {
    std::string_view rest = text;
    for (const std::string_view scheme : {"smtp://", "smtps://"})
        if (text.starts_with(scheme)) rest.remove_prefix(scheme.size());
    while (rest.ends_with('/')) rest.remove_suffix(1);
    if (!text.empty() && (rest.size() == text.size() || !IsHostAndPort(rest, 1)))
        return "must be a mail server, like smtp://mail.example.org:587 or "
               "smtps://mail.example.org:465";
    config.mail_server = text.substr(0, text.find_last_not_of('/') + 1);
    return std::nullopt;
}

Refusal ReadMailUsername(Config& config, std::string_view text) {
    if (!IsCleanText(text, Lines::kOne)) return "must be one line";
    config.mail_username = text;
    return std::nullopt;
}

Refusal ReadMailPassword(Config& config, std::string_view text) {
    if (!IsCleanText(text, Lines::kOne)) return "must be one line";
    config.mail_password = text;
    return std::nullopt;
}

Refusal ReadMetricsToken(Config& config, std::string_view text) {
    const auto is_visible = [](char c) { return c > ' ' && c <= '~'; };
    if (!text.empty() &&
        (text.size() < 16 || text.size() > 256 || !std::ranges::all_of(text, is_visible)))
        return "must be 16 to 256 letters, digits and signs without spaces";
    config.metrics_token = text;
    return std::nullopt;
}

Refusal ReadPullSource(Config& config, std::string_view text) {
    constexpr const char* kRule =
        "must be an address like https://hr.example.org/people.csv, without a name or password in "
        "it, or the absolute path of a file";
    const bool is_file = text.starts_with('/');
    const std::size_t scheme = text.find("://");
    if (!text.empty() && !is_file) {
        if (scheme == text.npos) return kRule;
        const std::string_view name = text.substr(0, scheme), rest = text.substr(scheme + 3);
        constexpr std::string_view kForeign = "#\\\"<>` ";
        if ((name != "http" && name != "https") ||
            !IsHostAndPort(rest.substr(0, rest.find_first_of("/?")), 1) ||
            rest.find_first_of(kForeign) != rest.npos)
            return kRule;
    }
    if (!IsCleanText(text, Lines::kOne)) return kRule;
    config.pull_source = text;
    return std::nullopt;
}

// What stands behind a question mark may be a secret.
std::string ShowPullSource(const Config& config) {
    const std::string& source = config.pull_source;
    const auto mark = source.starts_with('/') ? source.npos : source.find('?');
    return mark == source.npos ? source : source.substr(0, mark) + "?…";
}

Refusal ReadPullAuthorization(Config& config, std::string_view text) {
    const auto is_visible = [](char c) { return c >= ' ' && c <= '~'; };
    if (text.size() > 4096 || !std::ranges::all_of(text, is_visible))
        return "must be one line of at most 4096 letters, digits and signs, like Bearer …";
    config.pull_authorization = Trim(text);
    return std::nullopt;
}

Refusal ReadMailFrom(Config& config, std::string_view text) {
    if (!text.empty() && !ParseMailbox(text))
        return "must be a name and an address, like Ostiary <invite@example.org>";
    config.mail_from = Trim(text);
    return std::nullopt;
}

Refusal ReadRequestsTemplate(Config& config, std::string_view text) {
    if (CountCharacters(text) > 60 || !IsCleanText(text, Lines::kOne))
        return "must be the name of a template, at most 60 characters, or empty";
    config.requests_template = Trim(text);
    return std::nullopt;
}

Refusal ReadMailLanguage(Config& config, std::string_view text) {
    if (text != "en" && text != "de") return "must be en or de";
    config.mail_language = text;
    return std::nullopt;
}

Refusal ReadData(Config& config, std::string_view text) {
    if (text.empty() || !IsCleanText(text, Lines::kOne)) return "must be the path of a folder";
    config.data = text;
    return std::nullopt;
}

Refusal ReadDatabase(Config& config, std::string_view text) {
    const bool postgres = text.starts_with("postgresql://") || text.starts_with("postgres://");
    if (!IsCleanText(text, Lines::kOne) || (!postgres && text.find("://") != text.npos))
        return "must be the path of a SQLite file, or postgresql://user@host/name";
    config.database = text;
    return std::nullopt;
}

// The password between "user:" and "@" is nobody's business.
std::string ShowDatabase(const Config& config) {
    const std::string& url = config.database;
    const std::size_t scheme = url.find("://"), at = url.rfind('@');
    if (scheme == url.npos || at == url.npos) return url;
    const std::size_t colon = url.find(':', scheme + 3);
    return colon >= at ? url : url.substr(0, colon) + ":…" + url.substr(at);
}

Refusal ReadKey(Config& config, std::string_view text) {
    if (!text.empty() && !ParseVaultKey(text)) return "must be 64 hexadecimal digits";
    config.key = text;
    return std::nullopt;
}

Refusal ReadLogLevel(Config& config, std::string_view text) {
    if (!log::IsLevel(text))
        return "must be debug, info, warn or error, alone or per part, like \"info,http=debug\"";
    config.log_level = text;
    return std::nullopt;
}

Refusal ReadLogFormat(Config& config, std::string_view text) {
    if (text != "text" && text != "json") return "must be text or json";
    config.log_format = text;
    return std::nullopt;
}

// ── The table ─────────────────────────────────────────────────────────────────────────────────

template <int Config::*Member, int kLeast, int kMost>
constexpr ConfigKey Number(std::string_view name, std::string_view variable,
                           std::string_view about) {
    return {name,  variable,           ConfigKind::kNumber,
            about, ShowNumber<Member>, ReadNumber<Member, kLeast, kMost>};
}

template <bool Config::*Member>
constexpr ConfigKey Switch(std::string_view name, std::string_view variable,
                           std::string_view about) {
    return {name, variable, ConfigKind::kSwitch, about, ShowSwitch<Member>, ReadSwitch<Member>};
}

template <std::string Config::*Member>
constexpr ConfigKey Text(std::string_view name, std::string_view variable, std::string_view about,
                         Refusal (*read)(Config&, std::string_view)) {
    return {name, variable, ConfigKind::kText, about, ShowText<Member>, read};
}

template <std::string Catalogue::*Member>
constexpr ConfigKey Word(std::string_view name, std::string_view variable, std::string_view about) {
    return {name, variable, ConfigKind::kText, about, ShowWord<Member>, ReadWord<Member>};
}

constexpr int kMillion = 1'000'000, kGiB = 1 << 30;
using C = Config;

// clang-format off
constexpr std::array kKeys = {
    Text<&C::listen>("listen", "OSTIARY_LISTEN",
         "Address and port to listen on.", ReadListen),
    Text<&C::base_url>("base_url", "OSTIARY_BASE_URL",
         "How browsers reach it; links in pages and mails start with this. Empty: http:// and "
         "the address it listens on.", ReadBaseUrl),
    ConfigKey{"trusted_proxies", "OSTIARY_TRUSTED_PROXIES", ConfigKind::kList,
         "Addresses or networks of proxies whose X-Forwarded-For is believed.",
         ShowProxies, ReadProxies},
    Text<&C::site_name>("site_name", "OSTIARY_SITE_NAME",
         "The name at the top of every page.", ReadSiteName),
    Switch<&C::webhook_private_addresses>(
         "webhook_private_addresses", "OSTIARY_WEBHOOK_PRIVATE_ADDRESSES",
         "On lets webhooks lead to private, loopback and link-local addresses: whoever may make "
         "webhooks then reaches into this machine's network."),

    ConfigKey{"metrics.token", "OSTIARY_METRICS_TOKEN", ConfigKind::kText,
         "Whoever sends this as Authorization: Bearer may read /metrics. Empty: only this very "
         "machine may. No page and no command shows it.", ShowSecret<&C::metrics_token>, ReadMetricsToken},

    Text<&C::mail_server>("mail.server", "OSTIARY_MAIL_SERVER",
         "The mail server: smtp://host:port, or smtps://host:port. Empty: no mail is sent, and "
         "what it would say can be copied from the pages.", ReadMailServer),
    Text<&C::mail_username>("mail.username", "OSTIARY_MAIL_USERNAME",
         "The name for logging in to the mail server; empty: it wants none.", ReadMailUsername),
    ConfigKey{"mail.password", "OSTIARY_MAIL_PASSWORD", ConfigKind::kText,
         "The password for logging in to the mail server. No page and no command shows it.",
         ShowSecret<&C::mail_password>, ReadMailPassword},
    Text<&C::mail_from>("mail.from", "OSTIARY_MAIL_FROM",
         "Whom mails come from: Name <address>.", ReadMailFrom),
    Switch<&C::mail_require_tls>("mail.require_tls", "OSTIARY_MAIL_REQUIRE_TLS",
         "Off lets mail travel unencrypted where an smtp:// server offers no STARTTLS. A server on "
         "this machine (127.0.0.1, localhost) never needs it."),
    Text<&C::mail_language>("mail.language", "OSTIARY_MAIL_LANGUAGE",
         "The language of mails to people whose language is not known: en or de.",
         ReadMailLanguage),

    Number<&C::alert_expiring_days, 0, 365>("alerts.expiring_days", "OSTIARY_ALERTS_EXPIRING_DAYS",
         "Days before its end from which a code is about to end; 0: no such alerts. One that was "
         "made for no longer than that is left out."),
    Number<&C::alert_used_percent, 0, 99>("alerts.used_percent", "OSTIARY_ALERTS_USED_PERCENT",
         "Percent of its uses from which a code is nearly used up; 0: no such alerts."),
    Number<&C::alert_burst_uses, 0, kMillion>("alerts.burst_uses", "OSTIARY_ALERTS_BURST_USES",
         "Uses of one code, within alerts.burst_minutes, that may be unusual; 0: no such alerts."),
    Number<&C::alert_burst_minutes, 1, 60>("alerts.burst_minutes", "OSTIARY_ALERTS_BURST_MINUTES",
         "Minutes within which unusual use is looked for."),
    Number<&C::alert_burst_factor, 1, 1000>("alerts.burst_factor", "OSTIARY_ALERTS_BURST_FACTOR",
         "How many times as much as ever before, or as usual, is unusual."),
    Number<&C::alert_failures, 0, kMillion>("alerts.failures", "OSTIARY_ALERTS_FAILURES",
         "Refused log-ins, registrations and reset links from one address, within "
         "alerts.failures_minutes, that are many; 0: no such alerts."),
    Number<&C::alert_failures_minutes, 1, 1440>(
         "alerts.failures_minutes", "OSTIARY_ALERTS_FAILURES_MINUTES",
         "Minutes within which they are counted."),
    Number<&C::alert_refusals, 0, kMillion>("alerts.refusals", "OSTIARY_ALERTS_REFUSALS",
         "Refused registrations by anybody, within alerts.refusals_minutes, that may be unusual; "
         "0: no such alerts."),
    Number<&C::alert_refusals_minutes, 1, 1440>(
         "alerts.refusals_minutes", "OSTIARY_ALERTS_REFUSALS_MINUTES",
         "Minutes within which they are counted."),
    Number<&C::alert_quiet_hours, 1, 8760>("alerts.quiet_hours", "OSTIARY_ALERTS_QUIET_HOURS",
         "Hours without it happening again after which such an alert is over."),

    Text<&C::data>("data", "OSTIARY_DATA",
         "The folder for the database and the key; made if it is not there.", ReadData),
    ConfigKey{"database", "OSTIARY_DATABASE", ConfigKind::kText,
         "postgresql://user:password@host/name, or the path of a SQLite file. Empty: "
         "ostiary.db in the data folder.", ShowDatabase, ReadDatabase},
    ConfigKey{"key", "OSTIARY_KEY", ConfigKind::kText,
         "The key that codes and links are encrypted with, 64 hexadecimal digits. Empty: "
         "ostiary.key in the data folder, made on first start.", ShowSecret<&C::key>, ReadKey},
    Number<&C::pool_size, 1, 512>("postgres.pool_size", "OSTIARY_POSTGRES_POOL_SIZE",
         "PostgreSQL connections besides the writer's."),
    Switch<&C::prepared_statements>(
         "postgres.prepared_statements", "OSTIARY_POSTGRES_PREPARED_STATEMENTS",
         "Off behind PgBouncer in transaction mode before 1.21."),

    Number<&C::code_length, 8, 32>("codes.length", "OSTIARY_CODES_LENGTH",
         "Characters of a new invitation code."),
    Number<&C::max_uses_limit, 1, kMillion>("codes.max_uses_limit", "OSTIARY_CODES_MAX_USES_LIMIT",
         "The most uses one code can have, unless it is unlimited."),
    Number<&C::expires_days_limit, 1, 36'500>(
         "codes.expires_days_limit", "OSTIARY_CODES_EXPIRES_DAYS_LIMIT",
         "The most days until a code expires, unless it never does."),
    ConfigKey{"codes.approvals", "OSTIARY_CODES_APPROVALS", ConfigKind::kText,
         "Which codes wait until a superuser other than their maker approves them: elevated, those that "
         "grant more than their maker holds; managers, these and all that managers make; always, every code; "
         "never, none: what grants more than its maker holds is refused.",
         ShowApprovals, ReadApprovals},

    Number<&C::quota_codes, 0, kMillion>("quota.codes", "OSTIARY_QUOTA_CODES",
         "How many live codes somebody who is no superuser may have at a time; 0: any number. Each account may "
         "have a number of its own."),
    Number<&C::quota_uses, 0, kMillion>("quota.uses", "OSTIARY_QUOTA_USES",
         "How many uses those may have outstanding; 0: any number."),

    Switch<&C::scim_superusers>("scim.superusers", "OSTIARY_SCIM_SUPERUSERS",
         "On lets a directory make superusers over SCIM, and change, deactivate and delete those there are: whoever "
         "holds its token can then become one."),

    ConfigKey{"pull.source", "OSTIARY_PULL_SOURCE", ConfigKind::kText,
         "Where people are pulled from, as CSV or a JSON list of objects: an address with http or https, or the "
         "absolute path of a file. Empty: from nowhere. What would change waits until a superuser applies it.",
         ShowPullSource, ReadPullSource},
    Number<&C::pull_every_hours, 1, 8760>("pull.every_hours", "OSTIARY_PULL_EVERY_HOURS",
         "Hours after which it is fetched again."),
    ConfigKey{"pull.authorization", "OSTIARY_PULL_AUTHORIZATION", ConfigKind::kText,
         "What is sent as the Authorization header when it is fetched, like Bearer and a token. No page and no "
         "command shows it.", ShowSecret<&C::pull_authorization>, ReadPullAuthorization},

    Switch<&C::requests_open>("requests.open", "OSTIARY_REQUESTS_OPEN",
         "On lets anybody ask for an invitation, at /request-invitation/; whoever may make codes decides."),
    Switch<&C::requests_task_groups>("requests.task_groups", "OSTIARY_REQUESTS_TASK_GROUPS",
         "On lets whoever asks choose a task group, which shows the names of all of them to everybody."),
    Text<&C::requests_template>("requests.template", "OSTIARY_REQUESTS_TEMPLATE",
         "The template that is proposed when a request is accepted; empty, or no such template: the "
         "defaults of a code.", ReadRequestsTemplate),
    Number<&C::requests_most_open, 1, 10'000>("requests.most_open", "OSTIARY_REQUESTS_MOST_OPEN",
         "Requests that may wait at once; while there are so many, nobody else can ask."),
    Number<&C::requests_kept_days, 1, 3650>("requests.kept_days", "OSTIARY_REQUESTS_KEPT_DAYS",
         "Days after which a request that was accepted or declined is deleted."),

    Number<&C::argon2_memory_kib, 8, 4 * kMillion>(
         "passwords.memory_kib", "OSTIARY_PASSWORDS_MEMORY_KIB",
         "Memory of one Argon2id hash, in KiB."),
    Number<&C::argon2_passes, 1, 100>("passwords.passes", "OSTIARY_PASSWORDS_PASSES",
         "Passes of one Argon2id hash."),
    Number<&C::hashing_threads, 0, 1024>("passwords.threads", "OSTIARY_PASSWORDS_THREADS",
         "How many passwords are hashed at once; 0: one per core."),
    Number<&C::session_days, 1, 365>("sessions.days", "OSTIARY_SESSIONS_DAYS",
         "Days after which everybody logs in again."),
    Number<&C::reset_hours, 1, 168>("passwords.reset_hours", "OSTIARY_PASSWORDS_RESET_HOURS",
         "Hours that a password reset link can be used."),
    Number<&C::session_idle_hours, 1, 8760>("sessions.idle_hours", "OSTIARY_SESSIONS_IDLE_HOURS",
         "Hours without a request after which a session ends."),

    Switch<&C::limits>("limits.rates", "OSTIARY_LIMITS",
         "Off lifts the rate limits, never the limits on sizes and times: for load tests only."),
    Number<&C::worker_threads, 1, 1024>("limits.worker_threads", "OSTIARY_LIMITS_WORKER_THREADS",
         "Threads for requests that may wait."),
    Number<&C::max_connections, 16, kMillion>(
         "limits.max_connections", "OSTIARY_LIMITS_MAX_CONNECTIONS",
         "The most connections at once."),
    Number<&C::max_body_bytes, 1024, kGiB>("limits.max_body_bytes", "OSTIARY_LIMITS_MAX_BODY_BYTES",
         "The largest body of a request."),
    Number<&C::max_header_bytes, 1024, 1 << 20>(
         "limits.max_header_bytes", "OSTIARY_LIMITS_MAX_HEADER_BYTES",
         "The largest head of a request."),
    Number<&C::header_timeout_s, 1, 3600>(
         "limits.header_timeout_s", "OSTIARY_LIMITS_HEADER_TIMEOUT_S",
         "Seconds until the head of a request must be complete."),
    Number<&C::body_timeout_s, 1, 3600>("limits.body_timeout_s", "OSTIARY_LIMITS_BODY_TIMEOUT_S",
         "Seconds until the body of a request must be complete."),
    Number<&C::idle_timeout_s, 1, 3600>("limits.idle_timeout_s", "OSTIARY_LIMITS_IDLE_TIMEOUT_S",
         "Seconds that a connection may wait for its next request."),
    Number<&C::stop_timeout_s, 0, 3600>("limits.stop_timeout_s", "OSTIARY_LIMITS_STOP_TIMEOUT_S",
         "Seconds to finish what was accepted when told to stop."),

    Text<&C::log_level>("log.level", "OSTIARY_LOG_LEVEL",
         "debug, info, warn or error; per part as in \"info,http=debug\".", ReadLogLevel),
    Text<&C::log_format>("log.format", "OSTIARY_LOG_FORMAT",
         "text or json.", ReadLogFormat),

    Word<&Catalogue::default_role>("catalogue.default_role", "OSTIARY_CATALOGUE_DEFAULT_ROLE",
         "The role of a code that names none."),
    Word<&Catalogue::default_task_group>(
         "catalogue.default_task_group", "OSTIARY_CATALOGUE_DEFAULT_TASK_GROUP",
         "The task group of a code that names none."),
    Word<&Catalogue::general_group>("catalogue.general_group", "OSTIARY_CATALOGUE_GENERAL_GROUP",
         "A manager in this task group works with every team's codes; empty: no manager does."),
    Word<&Catalogue::aircraft_noun>("catalogue.aircraft_noun", "OSTIARY_CATALOGUE_AIRCRAFT_NOUN",
         "What access is granted to: aircraft, room, property …"),
    Word<&Catalogue::aircraft_noun_plural>(
         "catalogue.aircraft_noun_plural", "OSTIARY_CATALOGUE_AIRCRAFT_NOUN_PLURAL",
         "The same, of many."),
};
// clang-format on

}  // namespace

std::span<const ConfigKey> ConfigKeys() { return kKeys; }

}  // namespace ostiary
