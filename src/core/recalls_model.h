#pragma once

// A recall as the store keeps it (GATE-3).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

// What is taken back: one code, codes that were made together, everything that one person issued,
// or that and everything issued by those they brought, all the way down.
enum class RecallScope : std::uint8_t { kCode, kBatch, kPerson, kBranch, kCount };
inline constexpr std::array<std::string_view, static_cast<std::size_t>(RecallScope::kCount)>
    kRecallScopes = {"code", "batch", "person", "branch"};
constexpr std::string_view NameOf(RecallScope scope) {
    return kRecallScopes[static_cast<std::size_t>(scope)];
}

enum class RecallState : std::uint8_t {
    kRunning,  // under way; or whoever did it was cut off, and it can be gone on with or undone
    kDone,
    kUndoing,  // the same of its undoing
    kUndone,
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(RecallState::kCount)>
    kRecallStates = {"running", "done", "undoing", "undone"};
constexpr std::string_view NameOf(RecallState state) {
    return kRecallStates[static_cast<std::size_t>(state)];
}

struct Recall {
    std::string id;  // UUIDv7
    RecallState state = RecallState::kRunning;
    RecallScope scope = RecallScope::kCode;
    std::string subject;  // the id of the code, the batch or the account
    Millis since = 0;     // of accounts: those who joined then or later
    bool revokes_codes = true, deactivates_accounts = false;
    std::string reason;
    std::string created_by_id, created_by;
    Millis created_at = 0;
    std::string undone_by;
    std::optional<Millis> undone_at;
};

inline constexpr std::string_view kBroughtBack = "back";

// What it did, or did not do, to one code or one account.
struct RecallItem {
    CodeId code_id = 0;        // 0: an account
    std::string account_id;    // empty: a code
    std::string spared;        // why it was left alone; empty: it was not
    std::int64_t version = 0;  // that it had afterwards
    std::string undone;        // kBroughtBack, or why it was not; empty: nobody asked for it

    bool is_code() const { return code_id != 0; }
};

struct RecallItemShown {
    RecallItem item;
    std::string name;       // the code's label or the username, as it is now; empty: it is gone
    std::string full_name;  // of a person
    std::optional<Millis> joined_at;
};

struct RecallTally {
    std::int64_t codes = 0, codes_spared = 0, accounts = 0, accounts_spared = 0;
    std::int64_t brought_back = 0, kept = 0;  // by undoing
};

// What the core asks of storage; see core/store.h.
class Recalls {
public:
    virtual ~Recalls() = default;
    virtual bool Add(const Recall&) = 0;  // false: there is one of this id
    virtual std::optional<Recall> Find(std::string_view id) = 0;
    virtual std::optional<Recall> FindForUpdate(std::string_view id) = 0;
    virtual void Save(const Recall&) = 0;  // state and undoing; the caller holds the row
    // Newest first, beginning after one; of one person, or of everybody where the id is empty.
    virtual std::vector<Recall> List(std::string_view created_by_id, std::string_view after,
                                     std::size_t most) = 0;

    // Nothing happens if there is one about the same code or account.
    virtual void AddItem(std::string_view id, const RecallItem&) = 0;
    virtual void Settle(std::string_view id, const RecallItem&) = 0;  // writes `undone`
    // Accounts first, in the order they joined; then codes. Beginning after one.
    virtual std::vector<RecallItemShown> ListItems(std::string_view id, CodeId after_code,
                                                   std::string_view after_account,
                                                   std::size_t most) = 0;
    virtual RecallTally Tally(std::string_view id) = 0;

    // Rising ids, deleted codes too, beginning after one.
    virtual std::vector<CodeId> ListCodesOfBatch(std::string_view batch, CodeId after,
                                                 std::size_t most) = 0;
    virtual std::vector<CodeId> ListCodesIssuedBy(std::string_view account_id, CodeId after,
                                                  std::size_t most) = 0;
    // Rising ids of the accounts that came through a code, a batch, or whatever a person issued,
    // and joined at a moment or later.
    virtual std::vector<std::string> ListAccounts(RecallScope, std::string_view subject,
                                                  Millis since, std::string_view after,
                                                  std::size_t most) = 0;
    // Whom a person brought, and whom these brought, and so on.
    virtual std::vector<std::string> ListBranch(std::string_view account_id, std::size_t most) = 0;
    // Of one team, or of everybody where it is empty.
    virtual std::int64_t CountBrought(std::string_view account_id, std::string_view task_group) = 0;
    // Codes of theirs that somebody may yet join with, or that wait; counted up to `most`.
    virtual std::int64_t CountLiveCodes(std::string_view account_id, Millis now,
                                        std::size_t most) = 0;
};

}  // namespace ostiary
