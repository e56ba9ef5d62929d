#pragma once

// Taking back what went out (GATE-3): a code, codes that were made together, or everything a person
// issued is revoked, and the accounts that came through it are deactivated. It is looked at first,
// and can be undone. docs/decisions/0027 says how.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/recalls_model.h"

namespace ostiary {

// As it was typed, so that every wrong field can be named at once.
struct RecallAsked {
    std::string scope;    // "code", "batch", "person" or "branch"
    std::string subject;  // a code's number, a batch, a username or the id of an account
    std::string since;    // of accounts: a day or a moment; empty: whenever they joined
    bool revoke_codes = true, deactivate_accounts = false;
    std::string reason;
    std::string id;  // of the form it is sent with: the same one is run once; empty: of its own
};

inline constexpr std::size_t kRecallItemsShown = 200;

struct RecallPreview {
    Recall recall;  // what is meant; not stored
    std::string subject_name;
    RecallTally tally;
    std::int64_t came = 0;  // accounts that came through, touched or not
    // The first of each, so many at most: what would be done, and what would be left alone.
    std::vector<RecallItemShown> accounts, codes;
};

// What would come of it, with nothing written. Field errors: scope.unknown, since.invalid,
// reason.long, …; kNotFound where there is nothing of the kind within the scope. Deactivating asks
// for kUsersWrite.
Result<RecallPreview> PreviewRecall(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                                    const RecallAsked&);
// Does it, some at a time: codes first, so that nobody comes in after their accounts were looked
// for. Superusers, whoever asks, codes that nobody could use and accounts that are out already are
// left alone. Field error choice.none where neither codes nor accounts are meant. Sent again with
// the same id it goes on where it was cut off, and does nothing twice.
Result<Recall> RunRecall(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                         const RecallAsked&);
// Brings back what this recall changed and nobody has changed since. Again: goes on, or the same.
Result<Recall> UndoRecall(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                          std::string_view id);

// ── Looking: one's own; everybody's for whoever works with all codes ───────────────────────────

struct RecallShown {
    Recall recall;
    std::string subject_name;  // as it is called now; empty: it is gone
    RecallTally tally;
};
Result<RecallShown> GetRecall(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                              std::string_view id);  // kNotFound recall.unknown
// As it is now, for whoever has just run or undone it.
Result<RecallShown> GetChangedRecall(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                                     std::string_view id);
// Newest first, beginning after one.
Result<std::vector<RecallShown>> ListRecalls(Permit<Permission::kCodesRead>, World&,
                                             const CodeScope&, std::string_view after,
                                             std::size_t most);
// Accounts first, beginning after one.
Result<std::vector<RecallItemShown>> ListRecallItems(Permit<Permission::kCodesRead>, World&,
                                                     const CodeScope&, std::string_view id,
                                                     CodeId after_code,
                                                     std::string_view after_account,
                                                     std::size_t most);

// Why something was left alone or not brought back: "code.expired" in a sentence.
Sentence WhySpared(std::string_view reason);

}  // namespace ostiary
