#pragma once

// What there is: plain values, as the store keeps them and every door shows them.

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/clock.h"

namespace ostiary {

using CodeId = std::int64_t;
using RedemptionId = std::int64_t;
using TemplateId = std::int64_t;

struct Aircraft {
    std::string id;            // UUIDv7
    std::string registration;  // upper case, unique: N12345
    std::string name;          // "Cessna 172, blue"; may be empty
    Millis created_at = 0;
    std::optional<Millis> retired_at;
    std::int64_t version = 1;
};

// A role on one aircraft, held by an account or carried by a code.
struct AircraftGrant {
    std::string aircraft_id;
    std::string registration;
    std::string role;

    bool operator==(const AircraftGrant&) const = default;
};

enum class Approval : std::uint8_t { kApproved, kPending, kRejected };

struct Code {
    CodeId id = 0;
    std::string code;  // normalized: ABC12345, SPRING-26 without its dash
    std::string
        shown;  // as people are shown it; differs from `code` only for chosen codes with dashes
    std::string token;  // of the registration link
    std::string label, email, name;
    std::string role, task_group;
    std::vector<AircraftGrant> aircraft_roles;
    std::optional<std::int64_t> max_uses;  // nothing: unlimited
    std::int64_t used_count = 0;
    std::optional<Millis> starts_at, expires_at;
    std::optional<Millis> deactivated_at;
    Approval approval = Approval::kApproved;
    std::string approved_by;  // who vouches for the grants, by username; empty: the creator does
    std::string approval_reason;
    std::vector<std::string> email_domains;  // folded; empty: any
    std::optional<int> account_days;
    std::string notes, welcome;
    std::vector<std::string> tags;
    std::string template_name;  // as it was called then
    std::string batch;          // the same of all that were made together; empty: made by itself
    std::string created_by_id;  // empty: the console, or an account that is no more
    std::string created_by;     // the creator's username as it was
    Millis created_at = 0, updated_at = 0;
    std::optional<Millis> last_used_at;
    std::optional<Millis> deleted_at;
    std::int64_t version = 1;

    bool is_active() const { return !deactivated_at; }
};

// What the public check and the registration page need to know of a code, and no secret.
struct CodeSummary {
    CodeId id = 0;
    std::string role, task_group, email, name;
    std::optional<std::int64_t> max_uses;
    std::int64_t used_count = 0;
    std::optional<Millis> starts_at, expires_at, deactivated_at;
    Approval approval = Approval::kApproved;
};

// In this order of precedence (CODE-4).
enum class CodeStatus : std::uint8_t {
    kPending,
    kInactive,
    kExpired,
    kExhausted,
    kScheduled,
    kWarning,
    kActive
};

// Which codes somebody works with (PERM-4): all, or a team's and their own.
struct CodeScope {
    bool all = false;
    std::string task_group;
    std::string creator_id;

    static CodeScope All() { return {true, {}, {}}; }
};

enum class CodeOrder : std::uint8_t {
    kNewest,
    kOldest,
    kSoonestExpiry,
    kMostUsed,
    kRecentlyUsed,
    kLabel,
    // The other way round.
    kLatestExpiry,
    kLeastUsed,
    kLongestUnused,
    kLabelDown
};

// What a list does with a cursor that is not one of ours: pages begin again, programs want to know.
enum class StrangeCursor : std::uint8_t { kFirstPage, kRefuse };

struct CodeQuery {
    CodeScope scope;
    // Which codes may be found by letters of their short code; nothing: all within the scope.
    std::function<bool(const Code&)> may_find_by_code;
    std::string role, task_group;  // empty: any
    std::string status;            // a CodeStatus's name, or "usable"; empty: any
    std::string search;  // in short code (from 3 characters on), creator, label, notes, email, name
    std::string created_by;  // username
    std::string tag;
    std::string template_name, batch;
    CodeOrder order = CodeOrder::kNewest;
    std::string cursor;  // as an earlier page gave it; empty: the first page
    StrangeCursor strange_cursor = StrangeCursor::kFirstPage;
    std::size_t page_size = 20;
    bool count = false;
};

struct CodePage {
    std::vector<Code> codes;
    std::string next, previous;         // cursors; empty: no such page
    std::optional<std::int64_t> total;  // if the query asked
    bool total_is_at_least = false;     // a search has found more than it counts
    // Not everything was looked at, but so many of the newest: codes, where the text is too short
    // for the index, or finds, where they are many and the order is not by age.
    std::optional<std::int64_t> searched_newest = {};
    bool cursor_was_strange = false;
};

// How many codes of one kind there are.
struct CodeTally {
    CodeStatus status = CodeStatus::kActive;
    std::string role, task_group;
    std::int64_t codes = 0;
    std::int64_t used = 0;  // of these, by anybody
};

// What somebody has outstanding: codes that anybody may yet join with, scheduled and waiting ones
// too, and how often.
struct CodeLoad {
    std::int64_t codes = 0;
    std::int64_t uses = 0;       // of those that have a number
    std::int64_t unlimited = 0;  // codes that have none
};

// What reports count (docs/decisions/0016).
enum class TallyKind : std::uint8_t {
    kJoined,    // somebody registered with a code, or added its access to their account
    kRedeemed,  // another application redeemed one for a person of its own
    kRefused,   // somebody could not register
    kCreated    // a code was made
};

// In whole quarters of an hour; a moment within one stands for all of it.
struct TallyQuery {
    CodeScope scope;
    Millis from = 0, until = 0;
};

struct TalliedQuarter {
    TallyKind kind = TallyKind::kJoined;
    std::string reason;  // of a refusal
    Millis at = 0;       // where the quarter of an hour begins
    std::int64_t count = 0;
};

struct TalliedShare {
    TallyKind kind = TallyKind::kJoined;
    std::string role, task_group;  // granted, or of the code
    std::int64_t count = 0;
};

struct TalliedCreator {
    TallyKind kind = TallyKind::kJoined;
    std::string creator;  // username as it was
    std::int64_t count = 0;
};

// The codes that somebody has made, by status.
struct CreatorTally {
    std::string creator;
    CodeStatus status = CodeStatus::kActive;
    std::int64_t codes = 0, used = 0;
};

// What a code is made from (TMPL-1). What is empty or absent is left open: whoever uses it decides.
struct Template {
    TemplateId id = 0;
    std::string name, description;
    std::string role, task_group;
    std::optional<std::int64_t> max_uses;  // 0: unlimited
    std::optional<int> expires_days, account_days;
    std::string label, notes, welcome;
    std::vector<std::string> email_domains, tags;
    std::vector<AircraftGrant> aircraft_roles;
    std::string created_by_id;  // empty: it came with the program, or the account is no more
    std::string created_by;     // the maker's username as it was; empty: it came with the program
    Millis created_at = 0, updated_at = 0;
    std::int64_t version = 1;
};

struct Redemption {
    RedemptionId id = 0;
    CodeId code_id = 0;
    std::string account_id;    // who, or empty …
    std::string account_name;  // username at that time
    std::string application;   // … the account whose token redeemed for
    std::string subject;       // this person of the other application
    std::string email;
    std::string role, task_group;
    std::vector<AircraftGrant> aircraft_roles;  // what was granted, for history
    Millis redeemed_at = 0;
    std::string idempotency_key_hash;  // empty: none
    bool is_repeated = false;          // an earlier one, told again; not stored
};

// Of which redemptions there shall be a list.
struct RedemptionQuery {
    CodeScope scope;  // of the codes, as they are now
    Millis from = 0, until = INT64_MAX;
    CodeId code_id = 0;            // 0: any
    std::string role, task_group;  // that were granted; empty: any
    RedemptionId after = 0;
    std::size_t page_size = 500;
};

// One application asks for one of its people.
struct SubjectClaim {
    std::string code;         // normalized
    std::string application;  // account id of the token's owner
    std::string subject;
    std::string email;
    std::string actor_name;
    std::string address, request_id;
    // Of these codes whoever asks may be told why one is refused; nothing: of none (API-3).
    std::optional<CodeScope> may_know = {};
};

// By which a subject's redemption of a code is known.
struct SubjectKey {
    CodeId code_id = 0;
    std::string_view application, subject;  // borrowed

    auto operator<=>(const SubjectKey&) const = default;
};

struct Account {
    std::string id;                      // UUIDv7
    std::string username, username_key;  // key: normalised and folded, unique
    std::string name;
    std::string email, email_key;
    std::string password_hash;  // empty: cannot log in by password
    std::string role, task_group;
    bool is_staff = false, is_superuser = false;
    std::optional<Millis> deactivated_at;
    std::optional<Millis> ends_at;  // an account with a lifetime ends here
    Millis joined_at = 0;
    std::optional<Millis> last_login_at;
    std::string time_zone;
    CodeId joined_with = 0;     // 0: made by hand
    std::string brought_by_id;  // who had made that code; empty: nobody, or they are gone
    // What this person may have outstanding (core/quotas.h); 0: any number; nothing: as configured.
    std::optional<std::int64_t> quota_codes, quota_uses;
    std::int64_t version = 1;

    bool IsActiveAt(Millis now) const { return !deactivated_at && (!ends_at || now < *ends_at); }
};

struct AccountQuery {
    std::string search;  // in username, name, email
    std::string cursor;  // as an earlier page gave it; empty: the first page
    StrangeCursor strange_cursor = StrangeCursor::kFirstPage;
    std::size_t page_size = 20;
    std::string task_group;  // empty: any
    std::string role;        // empty: any
    std::string flag;        // "staff", "superuser", or "none" of them; empty: any
    std::string state;       // "active" or "inactive"; empty: any
};

struct AccountWithAccess {
    Account account;
    std::vector<AircraftGrant> aircraft_access;
};

struct AccountPage {
    std::vector<AccountWithAccess> accounts;
    std::string next, previous;  // cursors; empty: no such page
    bool cursor_was_strange = false;
};

// Somebody in the tree of who brought whom.
struct Brought {
    Account account;
    std::int64_t brought = 0;  // how many people they brought themselves
};
struct BroughtQuery {
    std::string by;          // account id; empty: those whom nobody brought
    std::string task_group;  // as this team sees it; empty: everybody
    std::string after;       // account id
    std::size_t page_size = 20;
};

// Who has access to an aircraft, and since when.
struct AircraftHolder {
    std::string account_id, username, name, role;
    bool is_active = true;
    Millis granted_at = 0;
};

// A living code that grants a role on an aircraft.
struct AircraftCode {
    CodeId id = 0;
    std::string role;
};

// A link with which an account gets a new password; each account has at most one.
struct PasswordReset {
    std::string account_id, token_hash;
    Millis created_at = 0, expires_at = 0;
    std::string created_by;  // username, as it was
};

struct Session {
    std::string id_hash;
    std::string account_id;
    Millis created_at = 0, seen_at = 0, expires_at = 0;
    std::optional<Millis> ended_at;
    std::string address, user_agent;
};

struct ApiToken {
    std::string id;  // UUIDv7
    std::string hash;
    std::string account_id;
    std::string label;
    std::vector<std::string> scopes;
    Millis created_at = 0;
    std::optional<Millis> expires_at, last_used_at, revoked_at;
};

// That a request with an idempotency key was made, and what was answered.
struct Receipt {
    std::string key_hash;      // of the key, who sent it, and where to
    std::string request_hash;  // of everything that was asked with it
    Millis made_at = 0;
    Millis claimed_until = 0;  // while there is no answer: when somebody else may try
    std::string answer;        // sealed; empty while it is under way
};

// A bucket of http/limits.h as all nodes see it: full again at this moment.
struct SharedBucket {
    std::string key;
    Millis full_at = 0;
};

}  // namespace ostiary
