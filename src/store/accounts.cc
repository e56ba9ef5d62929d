#include <algorithm>

#include "sql.h"
#include "store/cursor.h"
#include "store/packed.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr int kByUsername = -1;  // no order of codes, whose cursors are none of ours

Account ReadAccount(Columns& row) {
    Account account;
    account.id = row.String();
    account.username = row.String();
    account.username_key = row.String();
    account.name = row.String();
    account.email = row.String();
    account.email_key = row.String();
    account.password_hash = row.String();
    account.role = row.String();
    account.task_group = row.String();
    account.is_staff = row.Int() != 0;
    account.is_superuser = row.Int() != 0;
    account.deactivated_at = row.MaybeInt();
    account.ends_at = row.MaybeInt();
    account.joined_at = row.Int();
    account.last_login_at = row.MaybeInt();
    account.time_zone = row.String();
    account.joined_with = row.Int();
    account.version = row.Int();
    account.brought_by_id = row.String();
    account.quota_codes = row.MaybeInt();
    account.quota_uses = row.MaybeInt();
    return account;
}

std::string SearchKeyOf(const Account& account) {
    return Fold(account.username + "\n" + account.name + "\n" + account.email);
}

class SqlAccounts final : public Accounts {
public:
    explicit SqlAccounts(Desk& desk) : desk_(desk) {}

    Result<void> Add(const Account& account) override {
        const std::string search_key = SearchKeyOf(account);
        const auto added = desk_.Run(
            sql::kAddAccount,
            {account.id, account.username, account.username_key, account.name, account.email,
             account.email_key, account.password_hash, account.role, account.task_group,
             account.is_staff, account.is_superuser, account.deactivated_at, account.ends_at,
             account.joined_at, account.last_login_at, account.time_zone,
             OrNull(account.joined_with), search_key, OrNull(account.brought_by_id)});
        if (added == 0) return WhatIsTaken(account);
        return {};
    }

    std::optional<Account> Find(std::string_view id) override {
        return FindOne(sql::kFindAccount, id);
    }
    std::optional<Account> FindForUpdate(std::string_view id) override {
        return FindOne(sql::kFindAccountForUpdate, id);
    }
    std::optional<Account> FindByUsername(std::string_view folded) override {
        return FindOne(sql::kFindAccountByUsername, folded);
    }
    std::optional<Account> FindByEmail(std::string_view folded) override {
        return FindOne(sql::kFindAccountByEmail, folded);
    }

    Result<void> Save(const Account& account) override {
        const std::string search_key = SearchKeyOf(account);
        const auto saved = desk_.Run(
            sql::kSaveAccount,
            {account.id, account.username, account.username_key, account.name, account.email,
             account.email_key, account.password_hash, account.role, account.task_group,
             account.is_staff, account.is_superuser, account.deactivated_at, account.ends_at,
             account.time_zone, search_key, account.quota_codes, account.quota_uses});
        if (saved == 0) return WhatIsTaken(account);
        return {};
    }

    void RecordLogin(std::string_view id, Millis now) override {
        desk_.Run(sql::kRecordLogin, {id, now});
    }
    void RecordSeen(std::string_view id, Millis now) override {
        desk_.Run(sql::kRecordSeen, {id, now});
    }

    std::vector<std::string> HoldActiveSuperusers() override {
        std::vector<std::string> ids;
        desk_.Run(sql::kHoldActiveSuperusers, {},
                  [&](const Row& row) { ids.emplace_back(row.Text(0)); });
        return ids;
    }

    bool AnySuperuser() override { return desk_.Run(sql::kAnySuperuser, {}) > 0; }

    AccountPage List(const AccountQuery& query, Millis now) override {
        const std::string pattern = query.search.empty() ? "" : LikeAnywhere(Fold(query.search));
        auto cursor = DecodeCursor(desk_.vault, query.cursor);
        if (cursor && cursor->order != kByUsername) cursor.reset();
        const bool is_strange = !query.cursor.empty() && !cursor;
        const bool back = cursor && cursor->direction == Direction::kBack;
        const std::string beyond = cursor ? cursor->value : std::string();
        AccountPage page;
        page.cursor_was_strange = is_strange;
        desk_.Run(back ? sql::kListAccountsBefore : sql::kListAccounts,
                  {beyond, query.task_group, pattern, query.page_size + 1, query.role, query.flag,
                   query.state, now},
                  [&](const Row& row) {
                      Columns columns(row);
                      Account account = ReadAccount(columns);
                      page.accounts.push_back({std::move(account), UnpackGrants(columns.Text())});
                  });
        const bool more = page.accounts.size() > query.page_size;
        if (more) page.accounts.pop_back();
        if (back) std::ranges::reverse(page.accounts);
        if (page.accounts.empty()) return page;
        const auto cursor_of = [&](Direction direction, const AccountWithAccess& one) {
            return Encode(desk_.vault, {kByUsername, direction, 0, one.account.username_key});
        };
        if (back || more) page.next = cursor_of(Direction::kForward, page.accounts.back());
        if (back ? more : cursor.has_value())
            page.previous = cursor_of(Direction::kBack, page.accounts.front());
        return page;
    }

    bool Delete(std::string_view id) override { return desk_.Run(sql::kDeleteAccount, {id}) > 0; }

    std::int64_t CountActive(Millis now) override {
        return Number(sql::kCountActiveAccounts, {now});
    }

    std::vector<Brought> ListBrought(const BroughtQuery& query) override {
        std::vector<Brought> people;
        const auto read = [&](const Row& row) {
            Columns columns(row);
            Account account = ReadAccount(columns);
            people.push_back({std::move(account), columns.Int()});
        };
        const std::size_t most = query.page_size + 1;
        if (query.by.empty())
            desk_.Run(query.task_group.empty() ? sql::kListRoots : sql::kListRootsOfTeam,
                      {query.after, query.task_group, most}, read);
        else
            desk_.Run(sql::kListBrought, {query.by, query.task_group, query.after, most}, read);
        return people;
    }

    std::vector<Millis> AircraftRolesSince(std::string_view account_id) override {
        std::vector<Millis> moments;
        desk_.Run(sql::kAircraftRolesSince, {account_id},
                  [&](const Row& row) { moments.push_back(row.Int(0)); });
        return moments;
    }

    std::vector<AircraftGrant> AircraftRoles(std::string_view account_id) override {
        std::vector<AircraftGrant> grants;
        desk_.Run(sql::kAircraftRolesOfAccount, {account_id}, [&](const Row& row) {
            Columns columns(row);
            AircraftGrant& grant = grants.emplace_back();
            grant.aircraft_id = columns.String();
            grant.registration = columns.String();
            grant.role = columns.String();
        });
        return grants;
    }

    void SetAircraftRole(std::string_view account_id, std::string_view aircraft_id,
                         std::string_view role, Millis now) override {
        desk_.Run(sql::kSetAircraftRole, {account_id, aircraft_id, role, now});
    }

    void RemoveAircraftRole(std::string_view account_id, std::string_view aircraft_id) override {
        desk_.Run(sql::kRemoveAircraftRole, {account_id, aircraft_id});
    }

private:
    std::int64_t Number(const Statement& statement, std::initializer_list<Value> values) {
        std::int64_t number = 0;
        desk_.Run(statement, values, [&](const Row& row) { number = row.Int(0); });
        return number;
    }

    std::optional<Account> FindOne(const Statement& statement, std::string_view key) {
        std::optional<Account> account;
        desk_.Run(statement, {key}, [&](const Row& row) {
            Columns columns(row);
            account = ReadAccount(columns);
        });
        return account;
    }

    Error WhatIsTaken(const Account& account) {
        std::int64_t usernames = 0, emails = 0;
        desk_.Run(sql::kKeysTaken, {account.id, account.username_key, account.email_key},
                  [&](const Row& row) {
                      usernames = row.Int(0);
                      emails = row.Int(1);
                  });
        if (usernames > 0)
            return {ErrorKind::kConflict, "username.taken", "Conflict", "Username already exists"};
        if (emails > 0)
            return {ErrorKind::kConflict, "email.taken", "Conflict", "Email already exists"};
        // Whoever held it let go of it between the two statements, or there is no such account.
        throw StoreFailure(StoreTrouble::kAgain, "an account could not be stored: " + account.id);
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Accounts> AccountsAt(Desk& desk) { return std::make_unique<SqlAccounts>(desk); }

}  // namespace ostiary
