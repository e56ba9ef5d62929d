#pragma once

// Everything that can be done with invitation codes. Who may is in the Permit; which codes, in the
// scope; what about used ones, in UsedCodes: page, API and command line pass what their door
// allows.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/portals.h"
#include "core/world.h"

namespace ostiary {

// ── Status (CODE-4): one function, one clock. ──────────────────────────────────────────────────

CodeStatus StatusAt(const CodeSummary&, Millis now);
CodeStatus StatusAt(const Code&, Millis now);
// When time alone may give it another status, if ever.
std::optional<Millis> NextChangeOf(const CodeSummary&, Millis now);
bool IsUsable(CodeStatus);            // active or warning
std::string_view NameOf(CodeStatus);  // "pending", …
std::string_view NameOf(Approval);    // "approved", "pending", "rejected"
CodeSummary Summarize(const Code&);
// Days until it expires, rounded up, if that is within 7 days and the code is usable (CODE-5).
std::optional<int> ExpiresInDays(const Code&, Millis now);

// ── Scope (PERM-4) and authority (PERM-5) ──────────────────────────────────────────────────────

CodeScope ScopeOf(const Actor&, const Portal&, const World&);  // in a portal
CodeScope ScopeOf(const Actor&, const World&);                 // everywhere else
bool IsWithin(const CodeScope&, const Code&);

// What a person may hand out. Made of an actor, or of a creator as they are now (CODE-11).
struct Authority {
    bool everything = false;
    int rank = -1;  // highest role rank
    bool any_task_group = false, any_aircraft = false;
    std::string task_group;
    std::vector<AircraftGrant> aircraft;  // held

    bool Covers(const Catalogue&, std::string_view role, std::string_view task_group,
                const std::vector<AircraftGrant>&) const;
};
Authority AuthorityOf(const Catalogue&, const Account&, std::vector<AircraftGrant> held);

// ── Making and changing ────────────────────────────────────────────────────────────────────────

// What a form, a body or a command line says; texts as they came, so that every wrong field can be
// named at once. A field that was not sent is absent, one sent empty is empty.
struct CodeDraft {
    std::optional<std::string> role, task_group, label, email, name, notes, welcome, code,
        template_name;
    std::optional<std::string> max_uses;  // "" and "0": unlimited
    std::optional<std::string> expires_days, expires_at, starts_at, account_days;
    std::optional<std::vector<std::string>> email_domains, tags;
    std::optional<std::vector<std::pair<std::string, std::string>>>
        aircraft_roles;             // registration, role
    std::optional<bool> is_active;  // edit only
};

enum class UsedCodes {
    kLocked,
    kOpen
};  // may a used code be edited and deleted through this door?
enum class LabelRule { kOptional, kRequired };
struct DoorRules {
    CodeScope scope;
    UsedCodes used_codes = UsedCodes::kLocked;
    LabelRule label = LabelRule::kOptional;
};
DoorRules RulesOf(const Actor&, const Portal&, const World&);
DoorRules ApiRules(const Actor&, const World&);

// Created active, or pending if it grants more than the creator holds. Field errors: role.unknown,
// task_group.unknown, max_uses.invalid, expires.invalid, label.required, email.invalid, code.taken,
// …
Result<Code> CreateCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                        const CodeDraft&);

// Changes the fields present in the draft and no other. kStale if the version is not
// `expected_version` (CODE-8); kConflict code.used if used codes are locked; max_uses below
// used_count is refused (CODE-9).
Result<Code> EditCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&, CodeId,
                      const CodeDraft&, std::optional<std::int64_t> expected_version);

// The expected version is, here and below, as with EditCode.
Result<Code> RevokeCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&, CodeId,
                        std::optional<std::int64_t> expected_version = {});  // again: the same
// The draft may bring expires_days / expires_at / max_uses; kConflict code.needs_expiry /
// code.needs_uses when the code cannot live without.
Result<Code> ReactivateCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&, CodeId,
                            const CodeDraft&, std::optional<std::int64_t> expected_version = {});
Result<void> DeleteCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&, CodeId,
                        std::optional<std::int64_t> expected_version = {});
// kStale if the code is no longer the version that was looked at: nobody approves what they did not
// see.
Result<Code> ApproveCode(Permit<Permission::kCodesApprove>, World&, CodeId, std::string_view reason,
                         std::optional<std::int64_t> expected_version);
Result<Code> RejectCode(Permit<Permission::kCodesApprove>, World&, CodeId, std::string_view reason,
                        std::optional<std::int64_t> expected_version);
Result<Code> SetCodeAircraftRole(Permit<Permission::kCodesWrite>, World&, const DoorRules&, CodeId,
                                 std::string_view registration, std::string_view role,
                                 std::optional<std::int64_t> expected_version = {});
Result<Code> RemoveCodeAircraftRole(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                    CodeId, std::string_view registration,
                                    std::optional<std::int64_t> expected_version = {});

// ── Looking ────────────────────────────────────────────────────────────────────────────────────

// Whoever may not hand out what a code grants sees everything of it but the code and the link:
// those two come back empty from every verb of theirs, and no search finds the code by its letters.
bool IsRedacted(const Code&);

Result<Code> GetCode(Permit<Permission::kCodesRead>, World&, const CodeScope&, CodeId);
Result<CodePage> ListCodes(Permit<Permission::kCodesRead>, World&,
                           CodeQuery);  // scope is in the query
// For work on all codes that a query finds: their ids in chunks, rising; the next chunk begins
// `after` the last.
Result<std::vector<CodeId>> ListCodeIds(Permit<Permission::kCodesRead>, World&, CodeQuery,
                                        CodeId after, std::size_t most);
Result<std::vector<CodeTally>> TallyOf(Permit<Permission::kCodesRead>, World&, const CodeScope&);
// Brings filters, orders and tallies up to date, looking at so many codes at most. Lists do it
// themselves where it matters; done regularly, they find little to do.
void CatchUpLists(World&, Millis now, std::size_t most);
Result<std::vector<Redemption>> RedemptionsOf(Permit<Permission::kCodesRead>, World&,
                                              const CodeScope&, CodeId, RedemptionId after,
                                              std::size_t most);
Result<std::vector<Event>> HistoryOf(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                                     CodeId, std::size_t most);

// Why does this code not work (REG-4)? Near misses are given where nothing was found.
struct Explanation {
    bool found = false, usable = false;
    std::string reason;  // "active", "expired", …, "unknown"
    Sentence sentence;
    std::vector<Code> suggestions;
    std::optional<Code> code;
};
Result<Explanation> ExplainCode(Permit<Permission::kCodesExplain>, World&, const CodeScope&,
                                std::string_view typed);

std::string RegistrationUrl(const Config&,
                            const Code&);  // {base_url}/register/{token}/, empty if redacted
std::string DefaultLabel(const Catalogue&, const Code&);
std::string ShortName(
    const Code&);  // label, or role and id: how events and messages call it; never the code

}  // namespace ostiary
