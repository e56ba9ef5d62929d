#include "sql.h"
#include "store/packed.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

void ReadAccount(Columns& columns, ScimPerson& person) {
    Account account;
    account.id = columns.String();
    account.username = columns.String();
    account.name = columns.String();
    account.email = columns.String();
    account.role = columns.String();
    account.task_group = columns.String();
    account.deactivated_at = columns.MaybeInt();
    account.ends_at = columns.MaybeInt();
    account.joined_at = columns.Int();
    account.version = columns.Int();
    if (!account.id.empty()) person.account = std::move(account);
}

void ReadCode(Columns& columns, ScimPerson& person) {
    Code code;
    code.id = columns.Int();
    code.email = columns.String();
    code.name = columns.String();
    code.role = columns.String();
    code.task_group = columns.String();
    code.deactivated_at = columns.MaybeInt();
    code.deleted_at = columns.MaybeInt();
    code.approval = static_cast<Approval>(columns.Int());
    code.used_count = columns.Int();
    code.max_uses = columns.MaybeInt();
    code.starts_at = columns.MaybeInt();
    code.expires_at = columns.MaybeInt();
    code.updated_at = columns.Int();
    code.version = columns.Int();
    if (code.id != 0) person.code = std::move(code);
}

class SqlScimUsers final : public ScimUsers {
public:
    explicit SqlScimUsers(Desk& desk) : desk_(desk) {}

    Result<void> Add(const ScimUser& user) override {
        const std::string sealed = desk_.vault.Seal(desk_.random, user.profile);
        const auto added =
            desk_.Run(sql::kAddScimUser,
                      {user.id, OrNull(user.user_name), OrNull(user.user_name_key),
                       OrNull(user.external_id), OrNull(user.display_name), OrNull(user.code_id),
                       OrNull(user.account_id), sealed, user.created_at});
        if (added == 0) return NameTaken();
        return {};
    }

    Result<void> Save(const ScimUser& user) override {
        const std::string sealed = desk_.vault.Seal(desk_.random, user.profile);
        const auto saved = desk_.Run(
            sql::kSaveScimUser,
            {user.id, OrNull(user.user_name), OrNull(user.user_name_key), OrNull(user.external_id),
             OrNull(user.display_name), OrNull(user.code_id), sealed, user.updated_at});
        if (saved == 0) return NameTaken();
        return {};
    }

    void Hold(std::string_view id) override { desk_.Run(sql::kHoldScimUser, {id}); }

    std::vector<ScimPerson> Find(const ScimLookup& lookup) override {
        std::vector<ScimPerson> people;
        const std::string key = Fold(lookup.value);
        switch (lookup.by) {
            case ScimLookup::By::kId:
                Read(sql::kScimById, lookup.value, people);
                if (people.empty()) Read(sql::kScimAccountById, lookup.value, people);
                break;
            case ScimLookup::By::kUserName:
                Read(sql::kScimByUserName, key, people);
                Read(sql::kScimAccountByAddress, key, people);
                break;
            case ScimLookup::By::kExternalId:
                Read(sql::kScimByExternalId, lookup.value, people);
                break;
            case ScimLookup::By::kEmail:
                Read(sql::kScimByAddressOfCode, lookup.value, people);
                Read(sql::kScimByAddressOfAccount, key, people);
                Read(sql::kScimAccountByAddress, key, people);
                break;
            case ScimLookup::By::kDisplayName:
                Read(sql::kScimByDisplayName, lookup.value, people);
                Read(sql::kScimByNameOfAccount, lookup.value, people);
                Read(sql::kScimAccountByName, lookup.value, people);
                Read(sql::kScimByUsernameOfAccount, key, people);
                Read(sql::kScimAccountByUsername, key, people);
                break;
        }
        return people;
    }

    std::vector<ScimPerson> List(std::string_view after, std::size_t skip,
                                 std::size_t most) override {
        std::vector<ScimPerson> people;
        desk_.Run(sql::kListScimPeople, {after, most, skip, skip + most},
                  [&](const Row& row) { people.push_back(ReadPerson(row)); });
        return people;
    }

    std::int64_t Count() override {
        std::int64_t count = 0;
        desk_.Run(sql::kCountScimPeople, {}, [&](const Row& row) { count = row.Int(0); });
        return count;
    }

    void Join(CodeId code, std::string_view account_id, Millis now) override {
        desk_.Run(sql::kJoinScimUser, {code, account_id, now});
    }

    void Forget(std::string_view id, Millis now) override {
        desk_.Run(sql::kForgetScimUser, {id, now});
    }

    void FreeName(std::string_view key, Millis now) override {
        desk_.Run(sql::kFreeScimUserName, {key, now});
    }

    std::string FindLeft(std::string_view email_key) override {
        std::string id;
        desk_.Run(sql::kLeftScimAccount, {email_key}, [&](const Row& row) { id = row.Text(0); });
        return id;
    }

    void Erase(std::string_view account_id) override {
        desk_.Run(sql::kEraseScimUsers, {account_id});
    }

private:
    static Error NameTaken() {
        return {ErrorKind::kConflict, "scim.uniqueness", "Conflict",
                "Somebody else has this userName"};
    }

    void Read(const Statement& statement, std::string_view value, std::vector<ScimPerson>& people) {
        desk_.Run(statement, {value}, [&](const Row& row) { people.push_back(ReadPerson(row)); });
    }

    ScimPerson ReadPerson(const Row& row) {
        Columns columns(row);
        ScimPerson person;
        ScimUser& user = person.row;
        user.id = columns.String();
        user.user_name = columns.String();
        user.user_name_key = columns.String();
        user.external_id = columns.String();
        user.display_name = columns.String();
        user.code_id = columns.Int();
        user.account_id = columns.String();
        if (const std::string_view sealed = columns.Text(); !sealed.empty())
            user.profile = desk_.vault.Open(sealed).value_or("");
        user.version = columns.Int();
        user.created_at = columns.Int();
        user.updated_at = columns.Int();
        ReadAccount(columns, person);
        ReadCode(columns, person);
        person.aircraft_roles = UnpackGrants(columns.Text());
        return person;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<ScimUsers> ScimUsersAt(Desk& desk) { return std::make_unique<SqlScimUsers>(desk); }

}  // namespace ostiary
