#pragma once

// Every call of the API, as the contract has it: what it takes, what it answers, what opens it.

#include <string_view>
#include <vector>

#include "http/message.h"

namespace ostiary {

enum class Takes { kText, kNumber, kFlag, kTexts, kRoles };

struct BodyField {
    std::string_view name;
    Takes takes;
};

// A body that is wrong in one way: which field is blamed, and how the error is called.
struct WrongBody {
    std::string_view body, field, error;
};

struct Call {
    std::string_view name;  // of the route
    Method method;
    // {code}: a fresh code of cleaning; {bound}: one with an address; {used}, {revoked},
    // {pending}; {alert}: one that waits; {request}: an open one; {user}; {aircraft}; {own}: a
    // token of whoever asks.
    std::string_view path;
    std::string_view scope;  // empty: anyone may
    std::string_view right;  // a body that is right; empty: it takes none
    int status;
    std::vector<std::string_view> keys;  // of the answer, all of them, or of its `data`
    std::vector<BodyField> fields = {};
    std::vector<WrongBody> wrong = {};
    std::vector<std::string_view> query = {};  // right queries, beside none
    std::vector<WrongBody> wrong_query = {};
    bool takes_form = false;
    bool takes_file = false;  // a list, and not an object of fields
};

namespace calls {

constexpr auto GET = Method::kGet;
constexpr auto POST = Method::kPost;
constexpr auto PUT = Method::kPut;
constexpr auto PATCH = Method::kPatch;
constexpr auto DELETE = Method::kDelete;
using enum Takes;
using Keys = std::vector<std::string_view>;

// clang-format off
inline const Keys kCode = {"id", "code", "label", "email", "name", "role", "task_group", "aircraft_roles", "max_uses", "used_count", "is_active",
                    "is_usable", "status", "approval", "starts_at", "expires_at", "email_domains", "account_days", "notes", "welcome", "tags",
                    "template", "batch", "registration_url", "created_by", "created_at", "updated_at", "last_used_at"};
inline const Keys kAccount = {"id", "username", "name", "email", "role", "task_group", "is_staff", "is_superuser", "is_active", "date_joined",
                       "last_login", "aircraft_access", "quota_codes", "quota_uses"};
inline const Keys kAircraft = {"registration", "name", "created_at", "retired_at"};
inline const Keys kToken = {"id", "label", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at", "token"};
inline const Keys kRedemption = {"id", "code_id", "subject", "email", "role", "task_group", "aircraft_roles", "redeemed_at"};
inline const Keys kWebhook = {"id", "url", "description", "events", "is_active", "disabled_at", "disabled_reason", "failing_since",
                       "old_secret_until", "created_by", "created_at", "updated_at"};
inline const Keys kNewWebhook = {"id", "url", "description", "events", "is_active", "disabled_at", "disabled_reason", "failing_since",
                          "old_secret_until", "created_by", "created_at", "updated_at", "secret"};
inline const Keys kDelivery = {"id", "webhook_id", "event", "event_id", "code_id", "state", "attempts", "status", "response", "happened_at",
                        "created_at", "attempted_at", "next_attempt_at", "done_at"};
inline const Keys kInvited = {"batch", "invited", "skipped", "mailed"};
inline const Keys kImportReport = {"import", "batch", "state", "rows", "looked_at", "created", "refused", "repeated", "columns", "errors"};
inline const Keys kImport = {"import", "batch", "state", "rows", "looked_at", "created", "refused", "repeated", "undone", "trouble", "created_by",
                      "created_at", "updated_at", "errors"};
inline const Keys kJob = {"job", "action", "state", "matched", "looked_at", "changed", "skipped", "people", "brought_back", "kept", "may_be_undone",
                          "trouble", "created_by", "ended_by", "created_at", "updated_at"};
inline const Keys kRecall = {"id", "state", "scope", "subject", "subject_name", "since", "revoke_codes", "deactivate_accounts", "reason", "codes",
                      "codes_spared", "accounts", "accounts_spared", "brought_back", "not_brought_back", "created_by", "created_at", "undone_by", "undone_at"};
inline const Keys kPull = {"id", "state", "source", "rows", "wrong", "known", "leave", "change", "link", "invite", "done", "failed",
                           "must_count_leavers", "trouble", "asked_by", "ended_by", "created_at", "updated_at"};
inline const Keys kPullAlone = {"id", "state", "source", "rows", "wrong", "known", "leave", "change", "link", "invite", "done", "failed",
                                "must_count_leavers", "trouble", "asked_by", "ended_by", "created_at", "updated_at", "errors"};
inline const Keys kMail = {"id", "kind", "recipient", "state", "reason", "attempts", "created_by", "created_at", "next_attempt_at", "done_at"};
inline const Keys kAlert = {"id", "kind", "state", "subject", "code_id", "batch", "explanation", "times", "raised_at", "seen_at", "acknowledged_at",
                            "acknowledged_by", "snoozed_until", "closed_at"};
inline const Keys kRequest = {"id", "state", "email", "name", "message", "task_group", "language", "times_asked", "asked_at", "last_asked_at", "decided_at",
                              "decided_by", "reason", "code_id"};
inline const Keys kList = {"results", "next", "previous"};

inline const std::vector<BodyField> kCodeFields = {
    {"role", kText}, {"task_group", kText}, {"max_uses", kNumber}, {"expires_days", kNumber}, {"expires_at", kText}, {"starts_at", kText},
    {"label", kText}, {"email", kText}, {"name", kText}, {"notes", kText}, {"welcome", kText}, {"account_days", kNumber},
    {"aircraft_roles", kRoles}, {"email_domains", kTexts}, {"tags", kTexts}, {"template", kText}};
inline const Keys kTemplate = {"id", "name", "description", "role", "task_group", "max_uses", "expires_days", "account_days", "label", "notes", "welcome",
                               "email_domains", "tags", "aircraft_roles", "created_by", "created_at", "updated_at"};
inline const std::vector<BodyField> kTemplateFields = {
    {"name", kText}, {"description", kText}, {"role", kText}, {"task_group", kText}, {"max_uses", kNumber}, {"expires_days", kNumber},
    {"account_days", kNumber}, {"label", kText}, {"notes", kText}, {"welcome", kText}, {"aircraft_roles", kRoles}, {"email_domains", kTexts}, {"tags", kTexts}};
inline const std::vector<WrongBody> kWrongCodes = {
    {R"({"role": "captain"})", "role", "Invalid role"},
    {R"({"task_group": "space"})", "task_group", "Invalid task group"},
    {R"({"max_uses": -1})", "max_uses", "Invalid max uses"},
    {R"({"max_uses": 1001})", "max_uses", "Invalid max uses"},
    {R"({"max_uses": 1.5})", "max_uses", "Invalid max uses"},
    {R"({"max_uses": 99999999999999999999})", "max_uses", "Invalid max uses"},
    {R"({"expires_days": 0})", "expires_days", "Invalid expiration"},
    {R"({"expires_days": 366})", "expires_days", "Invalid expiration"},
    {R"({"expires_days": "soon"})", "expires_days", "Invalid expiration"},
    {R"({"expires_at": "2001-01-01T00:00:00Z"})", "expires_at", "Invalid expiration"},
    {R"({"expires_at": "0000-01-01T00:00:00Z"})", "expires_at", "Invalid expiration"},
    {R"({"expires_at": "99999-01-01T00:00:00Z"})", "expires_at", "Invalid expiration"},
    {R"({"expires_at": "2027-06-30T23:59:60Z"})", "expires_at", "Invalid expiration"},
    {R"({"email": "nobody"})", "email", "Invalid email"},
    {R"({"account_days": 0})", "account_days", "Invalid request"},
    {R"({"aircraft_roles": [{"aircraft": "N00000", "role": "pilot"}]})", "aircraft_roles", "Invalid request"},
    {R"({"aircraft_roles": [{"aircraft": "N12345", "role": "king"}]})", "aircraft_roles", "Invalid aircraft role"},
    {R"({"template": "Nobody's"})", "template", "Invalid request"},
};

inline const std::vector<std::string_view> kPeriods = {"days=7", "from=2026-08-01", "to=2026-08-01", "from=2026-08-01&to=2026-08-01"};
inline const std::vector<WrongBody> kWrongPeriods = {
    {"days=0", "days", "Invalid request"}, {"from=2026-02-30", "from", "Invalid request"}, {"to=soon", "to", "Invalid request"},
    {"from=2026-08-02&to=2026-08-01", "to", "Invalid request"}, {"from=1900-01-01", "from", "Invalid request"}};

inline const std::vector<Call> kCalls = {
    // What a visitor may.
    {"api.codes.validate", POST, "/api/invite-codes/validate/", "", R"({"code": "NEVERWAS"})", 200, {"valid", "error"},
     {{"code", kText}}, {}, {}, {}, true},
    {"api.register", POST, "/api/register/", "", R"({"invite_code": "{word}", "username": "rita", "email": "rita@example.org", "password": "Heron-4-breakfast!"})", 201,
     {"user"},
     {{"invite_code", kText}, {"username", kText}, {"email", kText}, {"password", kText}, {"password_confirm", kText}, {"name", kText},
      {"first_name", kText}, {"last_name", kText}},
     {{R"({"invite_code": "NEVERWAS", "username": "ada"})", "invite_code", "Invalid invite code"},
      {R"({"invite_code": "{word}", "username": "ADA", "email": "x@example.org", "password": "Heron-4-breakfast!"})", "username", "Username already exists"},
      {R"({"invite_code": "{word}", "username": "uma", "email": "ADA@ostiary.test", "password": "Heron-4-breakfast!"})", "email", "Email already exists"},
      {R"({"invite_code": "{word}", "username": "uma", "email": "nobody", "password": "Heron-4-breakfast!"})", "email", "Invalid email"},
      {R"({"invite_code": "{word}", "username": "uma", "email": "uma@example.org", "password": "short"})", "password", "Invalid password"},
      {R"({"invite_code": "{word}", "username": "uma", "email": "uma@example.org", "password": "Heron-4-breakfast!", "password_confirm": "x"})",
       "password_confirm", "Invalid password"},
      {R"({"invite_code": "{word}", "username": "u m a", "email": "uma@example.org", "password": "Heron-4-breakfast!"})", "username", "Invalid username"}},
     {}, {}, true},
    {"api.auth.token", POST, "/api/auth/token/", "", R"({"username": "ada", "password": "Heron-4-breakfast!"})", 200, {"token", "expires_at", "scopes"},
     {{"username", kText}, {"password", kText}, {"otp", kText}}, {}, {}, {}, true},

    // Codes.
    {"api.codes.create", POST, "/api/invite-codes/create/", "codes:write", R"({"role": "staff", "max_uses": 5, "expires_days": "30"})", 201,
     kCode, kCodeFields, kWrongCodes},
    {"api.codes.add", POST, "/api/invite-codes/", "codes:write", R"({})", 201, kCode, kCodeFields, kWrongCodes},
    {"api.codes.list", GET, "/api/invite-codes/", "codes:read", "", 200, kList, {}, {},
     {"role=staff", "role=member", "task_group=cleaning", "status=usable", "search=abc", "created_by=ada", "tag=x",
      "template=New%20Employee", "batch=x", "ordering=-created_at", "ordering=created_at",
      "ordering=expires_at", "ordering=-expires_at", "ordering=used_count", "ordering=-used_count", "ordering=last_used_at",
      "ordering=-last_used_at", "ordering=label",
      "ordering=-label", "page_size=1", "page_size=100"},
     {{"role=captain", "role", "Invalid role"}, {"task_group=space", "task_group", "Invalid task group"}, {"status=odd", "status", "Invalid request"},
      {"ordering=colour", "ordering", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}, {"page_size=101", "page_size", "Invalid request"},
      {"page_size=ten", "page_size", "Invalid request"}, {"cursor=nonsense", "cursor", "Invalid request"}, {"count=perhaps", "count", "Invalid request"}}},
    {"api.codes.get", GET, "/api/invite-codes/{code}/", "codes:read", "", 200, kCode},
    {"api.codes.patch", PATCH, "/api/invite-codes/{code}/", "codes:write", R"({"notes": "changed"})", 200, kCode, kCodeFields, kWrongCodes},
    {"api.codes.delete", DELETE, "/api/invite-codes/{code}/", "codes:write", "", 204, {}},
    {"api.codes.revoke", POST, "/api/invite-codes/{code}/revoke/", "codes:write", "", 200, kCode},
    {"api.codes.reactivate", POST, "/api/invite-codes/{revoked}/reactivate/", "codes:write", R"({"expires_days": 7})", 200, kCode,
     {{"max_uses", kNumber}, {"expires_days", kNumber}, {"expires_at", kText}}, {{R"({"expires_days": 0})", "expires_days", "Invalid expiration"}}},
    {"api.codes.approve", POST, "/api/invite-codes/{pending}/approve/", "codes:write", R"({"reason": "known"})", 200, kCode, {{"reason", kText}}},
    {"api.codes.reject", POST, "/api/invite-codes/{pending}/reject/", "codes:write", R"({"reason": "unknown"})", 200, kCode, {{"reason", kText}}},
    {"api.codes.csv", GET, "/api/invite-codes/export.csv", "codes:read", "", 200, {}, {}, {}, {"status=usable", "role=staff", "search=a", "ordering=label"},
     {{"status=odd", "status", "Invalid request"}, {"ordering=odd", "ordering", "Invalid request"}}},
    {"api.codes.redemptions", GET, "/api/invite-codes/{used}/redemptions/", "codes:read", "", 200, kList, {}, {}, {"page_size=5"},
     {{"cursor=x", "cursor", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}}},
    {"api.codes.mail", POST, "/api/invite-codes/{bound}/mail/", "codes:write", R"({"message": "Welcome"})", 202, kMail, {{"message", kText}},
     {{R"({"message": "\u0007"})", "message", "Invalid request"}}},
    {"api.codes.mails", GET, "/api/invite-codes/{bound}/mail/", "codes:read", "", 200, kList},
    {"api.codes.qr", GET, "/api/invite-codes/{code}/qr.svg", "codes:read", "", 200, {}},
    {"api.codes.aircraft.put", PUT, "/api/invite-codes/{code}/aircraft-roles/N12345/", "codes:write", R"({"role": "pilot"})", 200, kCode, {{"role", kText}},
     {{R"({"role": "king"})", "role", "Invalid aircraft role"}}},
    {"api.codes.aircraft.delete", DELETE, "/api/invite-codes/{flying}/aircraft-roles/N12345/", "codes:write", "", 204, {}},
    {"api.codes.explain", GET, "/api/invite-codes/explain/?code=NEVERWAS", "codes:read", "", 200, {"found", "usable", "reason", "sentence", "suggestions"}},
    {"api.codes.invite", POST, "/api/invite-codes/invite/", "codes:write", R"({"people": ["Ann <ann@example.org>"]})", 201, kInvited,
     {{"message", kText}, {"batch", kText}, {"dry_run", kFlag}, {"template", kText}, {"role", kText}, {"task_group", kText}, {"aircraft_roles", kRoles},
      {"max_uses", kNumber}, {"expires_days", kNumber}, {"expires_at", kText}, {"starts_at", kText}, {"account_days", kNumber}, {"label", kText},
      {"notes", kText}, {"welcome", kText}},
     {{"{}", "people", "Invalid request"}, {R"({"people": ["nobody"]})", "people", "Invalid request"},
      {R"({"people": ["a@example.org"], "max_uses": 2})", "max_uses", "Invalid max uses"},
      {R"({"people": ["a@example.org"], "role": "king"})", "role", "Invalid role"}}},
    {"api.codes.import", POST, "/api/invite-codes/import/", "codes:write", R"([{"label": "Spring", "role": "viewer"}])", 200, kImportReport, {},
     {{"[]", "file", "Invalid request"}, {R"([{"colour": "red"}])", "file", "Invalid request"}}, {},
     {{"dry_run=perhaps", "dry_run", "Invalid request"}, {"again=5", "again", "Invalid request"}, {"mode=some", "mode", "Invalid request"},
      {"map=label", "map", "Invalid request"}}, false, true},
    {"api.imports.get", GET, "/api/imports/{import}/", "codes:read", "", 200, kImport},
    {"api.imports.undo", POST, "/api/imports/{import}/undo/", "codes:write", "", 200, kImport},
    {"api.codes.bulk", POST, "/api/invite-codes/bulk/", "codes:write", R"({"action": "revoke", "ids": [{code}]})", 200,
     {"matched", "changed", "skipped", "ids", "batch", "job"},
     {{"action", kText}},
     {{R"({"action": "burn", "ids": [1]})", "action", "Invalid request"}, {R"({"action": "revoke"})", "ids", "Invalid request"},
      {R"({"action": "revoke", "ids": [1], "filter": {}})", "ids", "Invalid request"}, {R"({"action": "revoke", "ids": []})", "ids", "Invalid request"},
      {R"({"action": "revoke", "ids": ["1"]})", "ids", "Invalid request"}, {R"({"action": "revoke", "ids": [1], "fields": {}})", "fields", "Invalid request"},
      {R"({"action": "revoke", "filter": {"colour": "red"}})", "colour", "Invalid request"}, {R"({"action": "revoke", "filter": 5})", "filter", "Invalid request"},
      {R"({"action": "revoke", "filter": {"status": "odd"}})", "status", "Invalid request"}, {R"({"action": "edit", "ids": [1]})", "fields", "Invalid request"},
      {R"({"action": "edit", "ids": [1], "fields": {"max_uses": -1}})", "max_uses", "Invalid max uses"},
      {R"({"action": "edit", "ids": [1], "fields": {"colour": 1}})", "colour", "Invalid request"},
      {R"({"action": "create", "count": 0})", "count", "Invalid request"}, {R"({"action": "create", "count": 10001})", "count", "Invalid request"},
      {R"({"action": "create", "count": 2, "code": "SPRING26"})", "code", "Invalid request"}, {R"({"action": "create", "role": "captain"})", "role", "Invalid role"},
      {R"({"action": "create", "ids": [1]})", "ids", "Invalid request"}, {R"({"action": "revoke", "ids": [1], "dry_run": "yes"})", "dry_run", "Invalid request"}}},

    // People who ask for an invitation.
    {"api.requests.create", POST, "/api/requests/", "", R"({"email": "una{fresh}@example.org", "name": "Una", "message": "I fly with Ann"})", 202, {"email"},
     {{"email", kText}, {"name", kText}, {"message", kText}, {"task_group", kText}},
     {{R"({"name": "Una", "message": "please"})", "email", "Invalid email"}, {R"({"email": "una@example.org", "message": "please"})", "name", "Invalid request"},
      {R"({"email": "nobody", "name": "Una", "message": "please"})", "email", "Invalid email"},
      {R"({"email": "una@example.org", "name": "Una"})", "message", "Invalid request"},
      {R"({"email": "una@example.org", "name": "Una", "message": "please", "task_group": "space"})", "task_group", "Invalid task group"}},
     {}, {}, true},
    {"api.requests.list", GET, "/api/requests/", "codes:read", "", 200, kList, {}, {},
     {"state=open", "state=accepted", "state=declined", "page_size=1"},
     {{"state=odd", "state", "Invalid request"}, {"cursor=x", "cursor", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}}},
    {"api.requests.get", GET, "/api/requests/{request}/", "codes:read", "", 200, kRequest},
    {"api.requests.accept", POST, "/api/requests/{request}/accept/", "codes:write", R"({"role": "staff"})", 200, {"request", "code", "mailed"},
     {{"message", kText}, {"template", kText}, {"role", kText}, {"task_group", kText}, {"aircraft_roles", kRoles}, {"max_uses", kNumber},
      {"expires_days", kNumber}, {"expires_at", kText}, {"starts_at", kText}, {"account_days", kNumber}, {"label", kText}, {"notes", kText}, {"welcome", kText}},
     {{R"({"role": "king"})", "role", "Invalid role"}, {R"({"max_uses": 2})", "max_uses", "Invalid max uses"},
      {R"({"template": "Nobody's"})", "template", "Invalid request"}, {R"({"email_domains": ["example.com"]})", "email_domains", ""}}},
    {"api.requests.decline", POST, "/api/requests/{request}/decline/", "codes:write", R"({"reason": "We do not know you"})", 200, kRequest,
     {{"reason", kText}, {"mail", kFlag}}},

    // Another application.
    {"api.redemptions.create", POST, "/api/redemptions/", "redeem", R"({"code": "{word}", "subject": "u-1", "email": "u@example.org"})", 201, kRedemption,
     {{"code", kText}, {"subject", kText}, {"email", kText}},
     {{R"({"code": "NEVERWAS", "subject": "u-1"})", "invite_code", "Invalid invite code"}, {R"({"code": "{word}"})", "subject", "Invalid request"},
      {R"({"code": "{word}", "subject": "u-1", "email": "nobody"})", "email", "Invalid email"}}},
    {"api.redemptions.csv", GET, "/api/redemptions/export.csv", "codes:read", "", 200, {}, {}, {},
     {"from=2026-08-01", "to=2026-10-31", "days=7", "code=1", "role=staff", "task_group=cleaning"},
     {{"from=yesterday", "from", "Invalid request"}, {"days=0", "days", "Invalid request"}, {"code=x", "code", "Invalid request"},
      {"role=captain", "role", "Invalid role"}, {"task_group=space", "task_group", "Invalid task group"}}},
    {"api.redemptions.list", GET, "/api/redemptions/", "redeem", "", 200, kList, {}, {}, {"since=0", "page_size=5"},
     {{"since=yesterday", "since", "Invalid request"}, {"cursor=x", "cursor", "Invalid request"}}},

    // People.
    {"api.me", GET, "/api/me/", "me", "", 200, kAccount},
    {"api.users.list", GET, "/api/users/", "users:read", "", 200, kList, {}, {},
     {"search=a", "role=staff", "task_group=cleaning", "flag=staff", "flag=superuser", "flag=none", "state=active", "state=inactive", "page_size=2"},
     {{"role=captain", "role", "Invalid role"}, {"task_group=space", "task_group", "Invalid task group"}, {"flag=red", "flag", "Invalid request"},
      {"state=odd", "state", "Invalid request"}, {"cursor=nonsense", "cursor", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}}},
    {"api.users.csv", GET, "/api/users/export.csv", "users:read", "", 200, {}, {}, {}, {"search=a", "role=staff", "task_group=cleaning", "flag=staff", "state=active"},
     {{"role=captain", "role", "Invalid role"}, {"flag=red", "flag", "Invalid request"}}},
    {"api.users.get", GET, "/api/users/{user}/", "users:read", "", 200, kAccount},
    {"api.users.patch", PATCH, "/api/users/{user}/", "users:write", R"({"role": "manager", "aircraft_access": [{"aircraft": "N12345", "role": "owner"}]})", 200, kAccount,
     {{"name", kText}, {"email", kText}, {"role", kText}, {"task_group", kText}, {"is_staff", kFlag}, {"is_superuser", kFlag}, {"aircraft_access", kRoles},
      {"quota_codes", kNumber}, {"quota_uses", kNumber}},
     {{R"({"role": "captain"})", "role", "Invalid role"}, {R"({"task_group": "space"})", "task_group", "Invalid task group"},
      {R"({"quota_codes": -1})", "quota_codes", "Invalid request"}, {R"({"quota_uses": 1000001})", "quota_uses", "Invalid request"},
      {R"({"email": "nobody"})", "email", "Invalid email"}, {R"({"email": "ada@ostiary.test"})", "email", "Email already exists"},
      {R"({"aircraft_access": [{"aircraft": "N00000", "role": "pilot"}]})", "aircraft_access", "Invalid request"},
      {R"({"aircraft_access": [{"aircraft": "N12345", "role": "king"}]})", "aircraft_access", "Invalid aircraft role"}}},
    {"api.users.deactivate", POST, "/api/users/{user}/deactivate/", "users:write", R"({"codes": "keep"})", 200, kAccount, {{"codes", kText}, {"hand_over_to", kText}},
     {{R"({"codes": "burn"})", "codes", "Invalid request"}, {R"({"codes": "hand-over"})", "hand_over_to", "Invalid request"}}},
    {"api.users.reactivate", POST, "/api/users/{user}/reactivate/", "users:write", "", 200, kAccount},
    {"api.users.roots", GET, "/api/users/brought/", "users:read", "", 200, kList, {}, {}, {"page_size=2"}, {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.users.brought", GET, "/api/users/{user}/brought/", "users:read", "", 200, kList, {}, {}, {"page_size=2"},
     {{"cursor=nonsense", "cursor", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}}},

    // Taking back.
    {"api.jobs.list", GET, "/api/jobs/", "codes:read", "", 200, kList, {}, {}, {"page_size=2"}, {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.jobs.get", GET, "/api/jobs/{job}/", "codes:read", "", 200, kJob},
    {"api.jobs.skipped", GET, "/api/jobs/{job}/skipped/", "codes:read", "", 200, kList, {}, {}, {"page_size=2"},
     {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.jobs.cancel", POST, "/api/jobs/{job}/cancel/", "codes:write", "", 200, kJob},
    {"api.jobs.undo", POST, "/api/jobs/{changed}/undo/", "codes:write", "", 202, kJob},
    {"api.recalls.create", POST, "/api/recalls/", "codes:write", R"({"scope": "code", "subject": {code}, "reason": "It was leaked"})", 201, kRecall,
     {{"scope", kText}, {"subject", kNumber}, {"since", kText}, {"revoke_codes", kFlag}, {"deactivate_accounts", kFlag}, {"reason", kText}, {"dry_run", kFlag}},
     {{R"({"scope": "all", "subject": 1})", "scope", "Invalid request"}, {R"({"scope": "code"})", "subject", "Invalid request"},
      {R"({"scope": "person", "subject": "nobody"})", "subject", "Invalid request"},
      {R"({"scope": "person", "subject": "ada", "since": "soon"})", "since", "Invalid request"},
      {R"({"scope": "person", "subject": "ada", "revoke_codes": false})", "revoke_codes", "Invalid request"}}},
    {"api.recalls.list", GET, "/api/recalls/", "codes:read", "", 200, kList, {}, {}, {"page_size=2"}, {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.recalls.get", GET, "/api/recalls/{recall}/", "codes:read", "", 200, kRecall},
    {"api.recalls.items", GET, "/api/recalls/{recall}/items/", "codes:read", "", 200, kList, {}, {}, {"page_size=2"},
     {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.recalls.undo", POST, "/api/recalls/{recall}/undo/", "codes:write", "", 200, kRecall},

    // People from a file.
    {"api.pulls.create", POST, "/api/pulls/", "users:write", "", 202, kPull},
    {"api.pulls.list", GET, "/api/pulls/", "users:write", "", 200, kList, {}, {}, {"page_size=2"}, {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.pulls.get", GET, "/api/pulls/{pull}/", "users:write", "", 200, kPullAlone},
    {"api.pulls.changes", GET, "/api/pulls/{pull}/changes/", "users:write", "", 200, kList, {}, {}, {"page_size=2"},
     {{"cursor=nonsense", "cursor", "Invalid request"}}},
    {"api.pulls.discard", POST, "/api/pulls/{pull}/discard/", "users:write", "", 200, kPull},
    {"api.pulls.apply", POST, "/api/pulls/{pull}/apply/", "users:write", R"({"good_rows_only": true})", 202, kPull,
     {{"expected_leavers", kNumber}, {"good_rows_only", kFlag}},
     {{R"({"expected_leavers": 7})", "expected_leavers", "Invalid request"}, {R"({"expected_leavers": "many"})", "expected_leavers", "Invalid request"}}},

    // Things.
    {"api.aircraft.list", GET, "/api/aircraft/", "aircraft:read", "", 200, kList},
    {"api.aircraft.create", POST, "/api/aircraft/", "aircraft:write", R"({"registration": "D-EABC", "name": "Blue"})", 201, kAircraft,
     {{"registration", kText}, {"name", kText}},
     {{R"({"registration": "x"})", "registration", "Invalid request"}, {R"({"registration": "N 1"})", "registration", "Invalid request"}}},
    {"api.aircraft.get", GET, "/api/aircraft/{aircraft}/", "aircraft:read", "", 200, kAircraft},
    {"api.aircraft.patch", PATCH, "/api/aircraft/{aircraft}/", "aircraft:write", R"({"name": "Red"})", 200, kAircraft, {{"registration", kText}, {"name", kText}},
     {{R"({"registration": "x"})", "registration", "Invalid request"}}},
    {"api.aircraft.retire", POST, "/api/aircraft/{aircraft}/retire/", "aircraft:write", "", 200, kAircraft},
    {"api.aircraft.return", POST, "/api/aircraft/{aircraft}/return/", "aircraft:write", "", 200, kAircraft},
    {"api.templates.list", GET, "/api/templates/", "codes:read", "", 200, kList},
    {"api.templates.create", POST, "/api/templates/", "codes:write", R"({"name": "Spring {fresh}", "role": "staff", "max_uses": 5, "expires_days": "30"})", 201,
     kTemplate, kTemplateFields,
     {{R"({"description": "no name"})", "name", "Invalid request"}, {R"({"name": "x", "role": "captain"})", "role", "Invalid role"},
      {R"({"name": "x", "task_group": "space"})", "task_group", "Invalid task group"}, {R"({"name": "x", "max_uses": -1})", "max_uses", "Invalid max uses"},
      {R"({"name": "x", "expires_days": 366})", "expires_days", "Invalid expiration"}, {R"({"name": "x", "email": "a@b.c"})", "email", ""},
      {R"({"name": "x", "account_days": 0})", "account_days", "Invalid request"},
      {R"({"name": "x", "aircraft_roles": [{"aircraft": "N00000", "role": "pilot"}]})", "aircraft_roles", "Invalid request"}}},
    {"api.templates.get", GET, "/api/templates/{template}/", "codes:read", "", 200, kTemplate},
    {"api.templates.patch", PATCH, "/api/templates/{template}/", "codes:write", R"({"description": "changed", "max_uses": null})", 200, kTemplate, kTemplateFields,
     {{R"({"name": " "})", "name", "Invalid request"}, {R"({"role": "captain"})", "role", "Invalid role"}}},
    {"api.templates.delete", DELETE, "/api/templates/{template}/", "codes:write", "", 204, {}},
    {"api.tokens.list", GET, "/api/tokens/", "me", "", 200, kList, {}, {}, {"all=false"}, {{"all=perhaps", "all", "Invalid request"}}},
    {"api.tokens.create", POST, "/api/tokens/", "me", R"({"label": "till", "scopes": ["me"], "days": 30})", 201, kToken,
     {{"label", kText}, {"scopes", kTexts}, {"days", kNumber}, {"username", kText}},
     {{R"({"label": "till"})", "scopes", "Invalid request"}, {R"({"scopes": ["everything"]})", "scopes", "Invalid request"},
      {R"({"scopes": ["me"], "days": 0})", "days", "Invalid request"}, {R"({"scopes": ["me"], "days": "soon"})", "days", "Invalid request"}}},

    // Webhooks.
    {"api.webhooks.list", GET, "/api/webhooks/", "webhooks", "", 200, kList},
    {"api.webhooks.create", POST, "/api/webhooks/", "webhooks", R"({"url": "https://hooks.example.org/x", "events": ["code.redeemed"]})", 201, kNewWebhook,
     {{"url", kText}, {"description", kText}, {"events", kTexts}, {"is_active", kFlag}},
     {{R"({"url": "ftp://example.org/"})", "url", ""}, {R"({"url": ""})", "url", ""}, {R"({"url": "https://u:p@example.org/"})", "url", ""},
      {R"({"url": "https://example.org/", "events": ["code.eaten"]})", "events", ""},
      {R"({"url": "https://example.org/", "is_active": false})", "is_active", ""}}},
    {"api.webhooks.get", GET, "/api/webhooks/{hook}/", "webhooks", "", 200, kWebhook},
    {"api.webhooks.patch", PATCH, "/api/webhooks/{hook}/", "webhooks", R"({"description": "Till"})", 200, kWebhook,
     {{"url", kText}, {"description", kText}, {"events", kTexts}, {"is_active", kFlag}}, {{R"({"events": ["code.eaten"]})", "events", ""}}},
    {"api.webhooks.delete", DELETE, "/api/webhooks/{hook}/", "webhooks", "", 204, {}},
    {"api.webhooks.rotate", POST, "/api/webhooks/{hook}/rotate-secret/", "webhooks", "", 200, kNewWebhook},
    {"api.webhooks.test", POST, "/api/webhooks/{hook}/test/", "webhooks", "", 202, kWebhook},
    {"api.webhooks.deliveries", GET, "/api/webhooks/{hook}/deliveries/", "webhooks", "", 200, kList, {}, {}, {"state=failed", "page_size=5"},
     {{"state=odd", "state", ""}, {"cursor=x", "cursor", ""}, {"page_size=0", "page_size", ""}}},
    {"api.webhooks.replay_since", POST, "/api/webhooks/{hook}/deliveries/replay/", "webhooks", R"({"since": "2026-08-20T00:00:00Z"})", 202, {"replayed"},
     {{"since", kText}}, {{R"({"since": "lately"})", "since", ""}}},
    {"api.webhooks.replay", POST, "/api/webhooks/{hook}/deliveries/{delivery}/replay/", "webhooks", "", 202, kDelivery},

    // Alerts.
    {"api.alerts.list", GET, "/api/alerts/", "codes:read", "", 200, kList, {}, {},
     {"state=waiting", "state=snoozed", "state=acknowledged", "state=closed", "kind=expiring", "page_size=5"},
     {{"state=open", "state", "Invalid request"}, {"kind=loud", "kind", "Invalid request"}, {"cursor=x", "cursor", "Invalid request"},
      {"page_size=0", "page_size", "Invalid request"}}},
    {"api.alerts.acknowledge", POST, "/api/alerts/{alert}/acknowledge/", "codes:write", "", 200, kAlert},
    {"api.alerts.snooze", POST, "/api/alerts/{alert}/snooze/", "codes:write", R"({"hours": 8})", 200, kAlert, {{"until", kText}, {"hours", kNumber}},
     {{R"({"hours": 0})", "hours", "Invalid request"}, {R"({"hours": 8761})", "hours", "Invalid request"}, {R"({"hours": "soon"})", "hours", "Invalid request"},
      {R"({})", "until", "Invalid request"}, {R"({"until": "2001-01-01T00:00:00Z"})", "until", "Invalid request"},
      {R"({"until": "soon"})", "until", "Invalid request"}, {R"({"until": "2026-12-24T00:00:00Z", "hours": 1})", "until", "Invalid request"}}},

    // Numbers.
    {"api.stats.overview", GET, "/api/stats/overview/", "stats:read", "", 200,
     {"period", "codes", "usage_percent", "expiry_percent", "ending", "ending_is_at_least", "sum", "sum_before"}, {}, {}, kPeriods, kWrongPeriods},
    {"api.stats.registrations", GET, "/api/stats/registrations/", "stats:read", "", 200, {"period", "joined", "refused", "success_percent", "reasons"}, {}, {},
     kPeriods, kWrongPeriods},
    {"api.stats.roles", GET, "/api/stats/roles/", "stats:read", "", 200, {"period", "results"}, {}, {}, kPeriods, kWrongPeriods},
    {"api.stats.task_groups", GET, "/api/stats/task-groups/", "stats:read", "", 200, {"period", "results"}, {}, {}, kPeriods, kWrongPeriods},
    {"api.stats.funnel", GET, "/api/stats/funnel/", "codes:read", "", 200,
     {"codes", "codes_is_at_least", "mailed", "previews", "opened", "started", "joined", "settled", "stayed"}, {}, {},
     {"template=Manager%20Promotion", "role=staff&task_group=general&status=active", "search=spring", "tag=x", "batch=b", "created_by=ada"},
     {{"id=seven", "id", "Invalid request"}, {"id=1&role=staff", "id", "Invalid request"}, {"role=captain", "role", "Invalid role"}}},
    {"api.stats.usage", GET, "/api/stats/usage/", "stats:read", "", 200, {"period", "days", "hours"}, {}, {}, kPeriods, kWrongPeriods},

    // The audit log.
    {"api.audit.list", GET, "/api/audit/", "audit:read", "", 200, kList, {}, {},
     {"kind=code.", "kind=code.created", "person=ada", "person=nobody", "code=1", "from=2026-08-01", "to=2026-08-31", "search=spring", "page_size=1"},
     {{"code=x", "code", "Invalid request"}, {"from=yesterday", "from", "Invalid request"}, {"to=2026-02-30", "to", "Invalid request"},
      {"cursor=x", "cursor", "Invalid request"}, {"cursor=0", "cursor", "Invalid request"}, {"page_size=0", "page_size", "Invalid request"}}},
    {"api.audit.csv", GET, "/api/audit/export.csv", "audit:read", "", 200, {}, {}, {}, {"kind=code.", "person=ada"},
     {{"from=yesterday", "from", "Invalid request"}, {"code=-1", "code", "Invalid request"}}},
    {"api.audit.json", GET, "/api/audit/export.json", "audit:read", "", 200, {}, {}, {}, {"kind=code.", "person=ada"},
     {{"to=tomorrow", "to", "Invalid request"}}},
    {"api.audit.verify", GET, "/api/audit/verify/", "audit:read", "", 200, {"is_whole", "entries", "waiting", "erased", "last", "anchor", "fault"}, {}, {},
     {"from=1"}, {{"from=0", "from", "Invalid request"}, {"from=x", "from", "Invalid request"}}},
    {"api.openapi", GET, "/api/openapi.json", "", "", 200, {"openapi", "info", "servers", "tags", "paths", "components"}},
    {"api.docs", GET, "/api/docs/", "", "", 200, {}},
    {"api.tokens.delete", DELETE, "/api/tokens/{own}/", "me", "", 204, {}},
};
// clang-format on

}  // namespace calls

inline const std::vector<Call>& Calls() { return calls::kCalls; }

}  // namespace ostiary
