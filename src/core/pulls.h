#pragma once

// A scheduled pull of people (HR-1): a file of a system of people is fetched every so many hours,
// or when somebody asks for it, and compared with what it said before and with who is here. What
// would change is kept and shown; nothing is done until somebody applies it. docs/decisions/0031.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/permissions.h"
#include "core/pulls_words.h"
#include "core/world.h"

namespace ostiary {

inline constexpr std::size_t kMostPulled = 20'000;           // rows
inline constexpr std::size_t kMostPulledBytes = 32U << 20U;  // of a file

// As it may be shown: without what stands behind a question mark, which may be a secret.
std::string ShownSource(const Config&);

// ── Asking, looking, deciding ──────────────────────────────────────────────────────────────────

// The file is fetched now, by whoever serves; the one that is under way, if there is one. kConflict
// pull.off where no source is set, pull.applying while one is applied.
Result<Pull> AskForPull(Permit<Permission::kUsersWrite>, World&);
Result<Pull> GetPull(Permit<Permission::kUsersWrite>, World&, std::string_view id);  // kNotFound
                                                                                     // pull.unknown
// Newest first, beginning after one.
std::vector<Pull> ListPulls(Permit<Permission::kUsersWrite>, World&, std::string_view after,
                            std::size_t most);
// Leavers first, beginning after a place.
Result<std::vector<PullChange>> ListPullChanges(Permit<Permission::kUsersWrite>, World&,
                                                std::string_view id, std::int64_t after,
                                                std::size_t most);
Result<std::vector<ImportError>> ListPullErrors(Permit<Permission::kUsersWrite>, World&,
                                                std::string_view id, std::size_t most);

// Whether so many would leave that their number must be said.
bool MustCountLeavers(const Pull&);

struct PullAsked {
    std::optional<std::int64_t> expected_leavers;  // another number is refused
    bool good_rows_only = false;                   // although others are wrong
};
// Begins to do it, as whoever asks; AdvancePulls goes on. Again: what is under way, or what came of
// it. kInvalid expected_leavers.…, good_rows_only.needed; kConflict pull.ended, pull.busy while
// another one is applied.
Result<Pull> ApplyPull(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                       const PullAsked&);
// Nothing of it is done; what differs is proposed again by the next one.
Result<Pull> DiscardPull(Permit<Permission::kUsersWrite>, World&, std::string_view id);

// ── Fetching: for whoever has the file ─────────────────────────────────────────────────────────

struct PullTask {
    std::string id, lease;
};
// What is to be fetched now, if anything, and by nobody else for some minutes.
std::optional<PullTask> TakePullTask(World&);
// The file came: it is read, compared and kept.
void TakePulled(World&, const PullTask&, std::string_view text);
void FailPull(World&, const PullTask&, Sentence trouble);
// Why there is no file.
Sentence PullWasRefused(int status);
Sentence PullHadTrouble(std::string_view why);
Sentence PullIsTooLarge(std::size_t most_bytes);
Sentence PullIsNoFile(std::string_view path);
void HandBackPull(World&, const PullTask&);  // it was not fetched after all

// ── Going on ───────────────────────────────────────────────────────────────────────────────────

// Goes on with what is being applied, if nobody else does, for about so long.
void AdvancePulls(World&, Millis patience);
void DeleteOldPulls(World&);
// Whoever has this account is deleted: what the source said of them goes, and that they came from
// it stays, so that the next file does not bring them back.
void ForgetPulled(Work&, const Account&);

}  // namespace ostiary
