#pragma once

// Linking the audit log, remembering its end outside the database, and proving that it is whole
// (AUD-2, docs/decisions/0017).

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/audit_chain.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// Links what can be linked now, looking at so many events at most.
void LinkAuditLog(World&, std::size_t most);

// ── The anchor: the end of the chain as a file in the data folder ──────────────────────────────

std::string AuditAnchorPath(const Config&);
// Nothing if there is no file; kConflict audit.anchor_damaged if it says nothing that makes sense.
Result<std::optional<AuditHead>> ReadAuditAnchor(const Config&);

// Writes the end of the chain into the file. A file that the chain does not lead to stays as it is,
// for it is the proof that something was cut off: then this says what is wrong.
std::optional<std::string> AnchorAuditLog(World&);

// Takes the chain as it is, after a backup was restored; says where it ends now. Only whoever runs
// the program on the machine may: kForbidden.
Result<AuditHead> AcceptAuditLog(Permit<Permission::kAuditRead>, World&);

// ── Looking whether it is whole ────────────────────────────────────────────────────────────────

enum class AuditWrong : std::uint8_t {
    kChanged,    // it says something else than what was written
    kRemoved,    // it is gone
    kAdded,      // the program never wrote it, or not there
    kReordered,  // it stands in another's place
    kCut,        // the end is missing
};
std::string_view NameOf(AuditWrong);

struct AuditFault {
    AuditWrong wrong{};
    std::int64_t position = 0, event_id = 0;  // 0: not known
    Millis at = 0;                            // of the event, as far as it can be believed
    std::string kind;                         // its name, the same
    std::string sentence;                     // what is wrong, in plain words
};

struct AuditVerdict {
    std::int64_t entries = 0;         // linked entries that were looked at and are good
    std::int64_t waiting = 0;         // events that are not linked yet, and are good
    std::int64_t erased = 0;          // good entries somebody was erased from
    std::optional<AuditHead> last;    // the last good entry
    std::optional<AuditHead> anchor;  // what the file says
    std::optional<AuditFault> fault;  // the first bad entry
};

// Looks at every entry, from this position on, in constant memory (but for a line for each
// erased person and each start of the program). `progress` is told of every ten thousandth. The
// look itself is remembered.
struct AuditLook {
    std::int64_t from = 1;
    std::function<void(std::int64_t entries)> progress = {};
};
Result<AuditVerdict> VerifyAuditLog(Permit<Permission::kAuditRead>, World&, const AuditLook& = {});

// What the database remembers of the last look.
inline constexpr std::string_view kAuditVerifiedFact = "audit_verified";

// How things stand, without looking at every entry.
struct AuditStanding {
    std::optional<AuditHead> last, anchor;
    std::int64_t waiting = 0;
    bool waiting_is_at_least = false;
    std::optional<std::string> trouble;  // the anchor and the chain do not agree
    std::string verified;                // when somebody looked last and what came of it; or empty
};
AuditStanding GetAuditStanding(const Config&, Work&);

}  // namespace ostiary
