#include <algorithm>

#include "sql.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

template <class Enum, class Names>
Enum Named(const Names& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) throw StoreFailure("a recall of an unknown state or scope");
    return static_cast<Enum>(found - names.begin());
}

Recall ReadRecall(const Row& row) {
    Columns columns(row);
    Recall one;
    one.id = columns.String();
    one.state = Named<RecallState>(kRecallStates, columns.Text());
    one.scope = Named<RecallScope>(kRecallScopes, columns.Text());
    one.subject = columns.String();
    one.since = columns.Int();
    one.revokes_codes = columns.Int() != 0;
    one.deactivates_accounts = columns.Int() != 0;
    one.reason = columns.String();
    one.created_by_id = columns.String();
    one.created_by = columns.String();
    one.created_at = columns.Int();
    one.undone_by = columns.String();
    one.undone_at = columns.MaybeInt();
    return one;
}

class RecallRows final : public Recalls {
public:
    explicit RecallRows(Desk& desk) : desk_(desk) {}

    bool Add(const Recall& one) override {
        return desk_.Run(sql::kAddRecall,
                         {one.id, NameOf(one.state), NameOf(one.scope), one.subject, one.since,
                          one.revokes_codes, one.deactivates_accounts, OrNull(one.reason),
                          OrNull(one.created_by_id), one.created_by, one.created_at}) > 0;
    }

    std::optional<Recall> Find(std::string_view id) override {
        std::optional<Recall> found;
        desk_.Run(sql::kFindRecall, {id}, [&](const Row& row) { found = ReadRecall(row); });
        return found;
    }

    // On SQLite the writer holds everything anyway.
    std::optional<Recall> FindForUpdate(std::string_view id) override {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockRecall, {id});
        return Find(id);
    }

    void Save(const Recall& one) override {
        desk_.Run(sql::kSaveRecall,
                  {one.id, NameOf(one.state), OrNull(one.undone_by), one.undone_at});
    }

    std::vector<Recall> List(std::string_view created_by_id, std::string_view after,
                             std::size_t most) override {
        std::vector<Recall> recalls;
        desk_.Run(sql::kListRecalls, {OrNull(created_by_id), after, most},
                  [&](const Row& row) { recalls.push_back(ReadRecall(row)); });
        return recalls;
    }

    void AddItem(std::string_view id, const RecallItem& item) override {
        desk_.Run(sql::kAddRecallItem,
                  {id, item.code_id, item.account_id, OrNull(item.spared), item.version});
    }

    void Settle(std::string_view id, const RecallItem& item) override {
        desk_.Run(sql::kSettleRecallItem, {id, item.code_id, item.account_id, OrNull(item.undone)});
    }

    std::vector<RecallItemShown> ListItems(std::string_view id, CodeId after_code,
                                           std::string_view after_account,
                                           std::size_t most) override {
        std::vector<RecallItemShown> items;
        desk_.Run(sql::kListRecallItems, {id, after_code, after_account, most},
                  [&](const Row& row) {
                      Columns columns(row);
                      RecallItemShown& one = items.emplace_back();
                      one.item.code_id = columns.Int();
                      one.item.account_id = columns.String();
                      one.item.spared = columns.String();
                      one.item.version = columns.Int();
                      one.item.undone = columns.String();
                      one.name = columns.String();
                      one.full_name = columns.String();
                      one.joined_at = columns.MaybeInt();
                  });
        return items;
    }

    RecallTally Tally(std::string_view id) override {
        RecallTally tally;
        desk_.Run(sql::kCountRecallItems, {id}, [&](const Row& row) {
            Columns columns(row);
            tally.codes = columns.Int();
            tally.codes_spared = columns.Int();
            tally.accounts = columns.Int();
            tally.accounts_spared = columns.Int();
            tally.brought_back = columns.Int();
            tally.kept = columns.Int();
        });
        return tally;
    }

    std::vector<CodeId> ListCodesOfBatch(std::string_view batch, CodeId after,
                                         std::size_t most) override {
        return Ids(sql::kListCodesOfBatch, batch, after, most);
    }
    std::vector<CodeId> ListCodesIssuedBy(std::string_view account_id, CodeId after,
                                          std::size_t most) override {
        return Ids(sql::kListCodesIssuedBy, account_id, after, most);
    }

    std::vector<std::string> ListAccounts(RecallScope scope, std::string_view subject, Millis since,
                                          std::string_view after, std::size_t most) override {
        std::vector<std::string> ids;
        const auto read = [&](const Row& row) { ids.emplace_back(row.Text(0)); };
        if (scope == RecallScope::kCode)
            desk_.Run(sql::kListAccountsOfCode, {ParseInt(subject).value_or(0), since, after, most},
                      read);
        else
            desk_.Run(scope == RecallScope::kBatch ? sql::kListAccountsOfBatch
                                                   : sql::kListAccountsBroughtBy,
                      {subject, since, after, most}, read);
        return ids;
    }

    std::vector<std::string> ListBranch(std::string_view account_id, std::size_t most) override {
        std::vector<std::string> ids;
        desk_.Run(sql::kListBranch, {account_id, most},
                  [&](const Row& row) { ids.emplace_back(row.Text(0)); });
        return ids;
    }

    std::int64_t CountBrought(std::string_view account_id, std::string_view task_group) override {
        return Number(sql::kCountBrought, {account_id, task_group});
    }
    std::int64_t CountLiveCodes(std::string_view account_id, Millis now,
                                std::size_t most) override {
        return Number(sql::kCountLiveCodesOf, {account_id, now, most});
    }

private:
    std::int64_t Number(const Statement& statement, std::initializer_list<Value> values) {
        std::int64_t number = 0;
        desk_.Run(statement, values, [&](const Row& row) { number = row.Int(0); });
        return number;
    }

    std::vector<CodeId> Ids(const Statement& statement, std::string_view of, CodeId after,
                            std::size_t most) {
        std::vector<CodeId> ids;
        desk_.Run(statement, {of, after, most}, [&](const Row& row) { ids.push_back(row.Int(0)); });
        return ids;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Recalls> RecallsAt(Desk& desk) { return std::make_unique<RecallRows>(desk); }

}  // namespace ostiary
