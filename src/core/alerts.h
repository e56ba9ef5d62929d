#pragma once

// Alerts (ALRT-1): found by a chore, seen by whoever works with the code, acknowledged or snoozed.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/alerts_model.h"
#include "core/codes.h"
#include "core/permissions.h"
#include "core/portals.h"
#include "core/world.h"
#include "util/sentence.h"

namespace ostiary {

// ── Who sees which: codes as in lists; what is about no code, whoever reads the audit log ───────

AlertScope AlertScopeOf(const Actor&, const World&);
AlertScope AlertScopeOf(const Actor&, const Portal&, const World&);

// Newest first; one more than the page where there are more.
Result<std::vector<Alert>> ListAlerts(Permit<Permission::kCodesRead>, World&, const AlertQuery&);
inline constexpr std::size_t kMostAlertsCounted = 100;
std::int64_t CountAlerts(Permit<Permission::kCodesRead>, World&, const AlertScope&);

// Why there is one: "9 uses in 5 minutes; usual is 1 a day".
Sentence WhyAlerted(const Alert&, Millis now);

// ── What is done about them ────────────────────────────────────────────────────────────────────

// It comes back only where things get twice as bad, or anew after it was over. Again: the same.
// kNotFound alert.unknown, kConflict alert.closed.
Result<Alert> AcknowledgeAlert(Permit<Permission::kCodesWrite>, World&, const AlertScope&,
                               std::int64_t id);
inline constexpr Millis kLongestSnooze = 365 * kDay;
// Until then it waits for nobody. kInvalid snooze.until.
Result<Alert> SnoozeAlert(Permit<Permission::kCodesWrite>, World&, const AlertScope&,
                          std::int64_t id, Millis until);

// ── Chores ─────────────────────────────────────────────────────────────────────────────────────

// Looks at up to so many new events, raises what is new and closes what is over. On any number of
// nodes: each thing is raised once.
void LookForAlerts(World&, std::size_t most);
// One mail an hour at most to everybody who has new alerts and takes mails (core/mails.h).
void MailAlerts(World&);
void DeleteOldAlerts(World&);

}  // namespace ostiary
