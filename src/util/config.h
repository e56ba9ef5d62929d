#pragma once

// What can be set, and what it is when nobody sets it. config.cc holds the table of keys from which
// the TOML reader, the OSTIARY_* variables, `ostiary serve --help` and docs/configuration.md are
// made.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace ostiary {

// How far a role reaches. kTeam opens the manager console, kEverything makes a superuser.
enum class Reach : std::uint8_t { kNone, kTeam, kEverything };

struct RoleEntry {
    std::string name, label;
    int rank;  // nobody grants a role that ranks above their own
    Reach reach = Reach::kNone;
};
struct GroupEntry {
    std::string name, label;
};
struct AircraftRoleEntry {
    std::string name, label;
    int rank;  // of two on one aircraft, the higher stays
};

// The words of the organisation: properties or rooms instead of aircraft is configuration, not
// code.
struct Catalogue {
    std::vector<RoleEntry> roles;
    std::vector<GroupEntry> task_groups;
    std::vector<AircraftRoleEntry> aircraft_roles;
    std::map<std::string, std::string, std::less<>>
        role_aliases;  // read, never written: member → staff
    std::string default_role, default_task_group;
    std::string general_group;  // a manager in this group works with every team's codes
    std::string aircraft_noun, aircraft_noun_plural;

    static Catalogue Default();
    const RoleEntry* FindRole(std::string_view name) const;  // aliases understood; null if unknown
    const GroupEntry* FindTaskGroup(std::string_view name) const;
    const AircraftRoleEntry* FindAircraftRole(std::string_view name) const;
    std::string RoleNames() const;  // "staff, manager, admin, viewer", for error sentences
    std::string TaskGroupNames() const;
    std::string AircraftRoleNames() const;

    // What does not fit together, as a sentence; or nothing.
    std::optional<std::string> Flaw() const;
};

enum class MailLack : std::uint8_t { kNothing, kServer, kFrom, kBaseUrl };

// Which codes wait until somebody else approves them (APPR-1). Whatever the rule, nobody hands out
// more than they hold by themselves.
enum class ApprovalRule : std::uint8_t {
    kNever,     // none; what exceeds its maker is refused
    kElevated,  // what exceeds its maker
    kManagers,  // and whatever managers make
    kAlways     // every code
};

struct Config {
    // Where it listens and what it is called from outside.
    std::string listen = "127.0.0.1:8080";
    std::string base_url;  // empty: http://{listen}; links in pages and mails start with it
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For is believed
    std::string site_name = "Ostiary";
    std::string metrics_token;  // whoever sends it may read /metrics; empty: this machine alone
    bool webhook_private_addresses = false;  // whether webhooks may lead into one's own network

    // Mail.
    std::string mail_server;  // smtp://host:port or smtps://host:port; empty: none is sent
    std::string mail_username, mail_password;
    std::string mail_from;  // "Name <address>"
    bool mail_require_tls = true;
    std::string mail_language = "en";  // of mails to people whose language is not known

    // When somebody is alerted; 0 of what is counted: never.
    int alert_expiring_days = 3;
    int alert_used_percent = 80;
    int alert_burst_minutes = 5, alert_burst_uses = 8, alert_burst_factor = 3;
    int alert_failures_minutes = 15, alert_failures = 20;
    int alert_refusals_minutes = 15, alert_refusals = 30;
    int alert_quiet_hours = 24;  // after which what happens again is new

    // Where it keeps things.
    std::string data = "data";
    std::string database;             // empty: {data}/ostiary.db; or postgresql://…
    std::string key;                  // empty: {data}/ostiary.key is read or made
    int pool_size = 8;                // PostgreSQL connections besides the writer's
    bool prepared_statements = true;  // off behind PgBouncer before 1.21

    // Codes.
    int code_length = 8;
    int max_uses_limit = 1000;
    int expires_days_limit = 365;
    ApprovalRule approvals = ApprovalRule::kElevated;

    // What whoever is no superuser may have outstanding; 0: any number.
    int quota_codes = 0;
    int quota_uses = 0;

    // Whether a directory may make superusers, and change those there are.
    bool scim_superusers = false;

    // Where people are pulled from: a URL or the path of a file; empty: from nowhere.
    std::string pull_source;
    std::string pull_authorization;  // the header that is sent with it
    int pull_every_hours = 24;

    // People who ask for an invitation.
    bool requests_open = false;
    bool requests_task_groups = false;
    std::string requests_template = "New Employee";
    int requests_most_open = 200;
    int requests_kept_days = 90;

    // Passwords and sessions.
    int argon2_memory_kib = 19 * 1024;
    int argon2_passes = 2;
    int hashing_threads = 0;  // 0: one per core
    int session_days = 14;
    int session_idle_hours = 72;
    int reset_hours = 24;  // how long a password reset link lives

    // Limits of the server.
    int worker_threads = 64;
    int max_connections = 20'000;
    int max_body_bytes = 1 << 20;
    int max_header_bytes = 16 << 10;
    int header_timeout_s = 10;  // a request's head must be complete by then
    int body_timeout_s = 30;
    int idle_timeout_s = 75;
    int stop_timeout_s = 20;
    bool limits = true;  // false lifts the rate limits, never sizes and times

    // Log.
    std::string log_level = "info";
    std::string log_format = "text";  // or json

    Catalogue catalogue = Catalogue::Default();

    // Where each key that somebody set was set: "ostiary.toml:12", "OSTIARY_LISTEN", "--listen".
    std::map<std::string, std::string, std::less<>> sources;

    // What is missing before mail can be sent. Links in mails need a real base URL (REG-13).
    MailLack WhatMailLacks() const;
    bool SendsMail() const { return WhatMailLacks() == MailLack::kNothing; }
    // Whether the mail server is this very machine: nobody listens on the way there.
    bool IsMailServerLocal() const;

    std::string BaseUrl() const;  // without a trailing slash
    bool IsHttps() const;
    bool UsesPostgres() const;
    std::string DatabaseUrl() const;  // sqlite path or postgresql://…
};

enum class ConfigKind : std::uint8_t { kText, kNumber, kSwitch, kList };

// One row of the table of keys.
struct ConfigKey {
    std::string_view name;      // as in the file: "listen", "limits.max_body_bytes"
    std::string_view variable;  // OSTIARY_LISTEN
    ConfigKind kind;
    std::string_view about;              // one sentence
    std::string (*show)(const Config&);  // never a secret
    // Why the text is refused ("must be …"), or nothing.
    std::optional<std::string> (*read)(Config&, std::string_view text);
};
std::span<const ConfigKey> ConfigKeys();

// Sets one key, as a flag of the command line does; `source` ("--listen") is named where it is
// refused.
Result<void> SetConfig(Config&, std::string_view name, std::string_view text,
                       std::string_view source);

// File (optional), then the environment; unknown keys and bad values are errors with a suggestion,
// whose details are one sentence with the file and line, or the variable. OSTIARY_CONFIG is left to
// the caller. `environment` maps OSTIARY_* names to values; EnvironmentVariables() reads the real
// ones.
using Environment = std::map<std::string, std::string, std::less<>>;
Result<Config> LoadConfig(const std::optional<std::string>& file, const Environment&);
Environment EnvironmentVariables();

}  // namespace ostiary
