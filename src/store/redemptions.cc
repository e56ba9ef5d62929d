#include <map>
#include <tuple>

#include "sql.h"
#include "store/packed.h"
#include "store/ports.h"

namespace ostiary {
namespace {

// Beyond so many uses a code's redemptions are read along the table and no longer gathered and
// sorted.
constexpr std::int64_t kBusy = 20'000;

Redemption ReadRedemption(const Row& row) {
    Columns columns(row);
    Redemption redemption;
    redemption.id = columns.Int();
    redemption.code_id = columns.Int();
    redemption.redeemed_at = columns.Int();
    redemption.account_id = columns.String();
    redemption.account_name = columns.String();
    redemption.application = columns.String();
    redemption.subject = columns.String();
    if (redemption.application.empty())
        redemption.subject.clear();  // there it only repeats the account
    redemption.email = columns.String();
    redemption.role = columns.String();
    redemption.task_group = columns.String();
    redemption.aircraft_roles = UnpackGrants(columns.Text());
    redemption.idempotency_key_hash = columns.String();
    return redemption;
}

std::string_view SubjectIn(const Redemption& redemption) {
    return redemption.application.empty() ? redemption.account_id : redemption.subject;
}

class SqlRedemptions final : public Redemptions {
public:
    explicit SqlRedemptions(Desk& desk) : desk_(desk) {}

    Result<RedemptionId> Add(const Redemption& redemption) override {
        if (const auto id = AddOne(redemption)) return *id;
        return Error{ErrorKind::kConflict, "redemption.again", "Conflict",
                     "This code was redeemed already"};
    }

    std::vector<std::optional<RedemptionId>> AddAll(
        std::span<const Redemption> redemptions) override {
        if (desk_.IsPostgres() && redemptions.size() > 1) return AddTogether(redemptions);
        std::vector<std::optional<RedemptionId>> ids;
        ids.reserve(redemptions.size());
        for (const Redemption& redemption : redemptions) ids.push_back(AddOne(redemption));
        return ids;
    }

    std::optional<Redemption> FindByAccount(CodeId code, std::string_view account_id) override {
        return FindOne(sql::kFindRedemption, {code, "", account_id});
    }

    std::optional<Redemption> FindBySubject(CodeId code, std::string_view application,
                                            std::string_view subject) override {
        return FindOne(sql::kFindRedemption, {code, application, subject});
    }

    std::vector<std::optional<Redemption>> FindSubjects(
        std::span<const SubjectKey> asked) override {
        std::vector<std::optional<Redemption>> found;
        found.reserve(asked.size());
        if (!desk_.IsPostgres() || asked.size() == 1) {
            for (const SubjectKey& one : asked)
                found.push_back(FindBySubject(one.code_id, one.application, one.subject));
            return found;
        }
        std::vector<std::int64_t> codes;
        std::vector<std::string_view> applications, subjects;
        for (const SubjectKey& one : asked) {
            codes.push_back(one.code_id);
            applications.push_back(one.application);
            subjects.push_back(one.subject);
        }
        std::map<std::tuple<CodeId, std::string, std::string>, Redemption, std::less<>> by_subject;
        desk_.Run(sql::kFindRedemptions, {codes, applications, subjects}, [&](const Row& row) {
            Redemption one = ReadRedemption(row);
            by_subject.emplace(std::tuple(one.code_id, one.application, one.subject),
                               std::move(one));
        });
        for (const SubjectKey& one : asked) {
            const auto at = by_subject.find(std::tuple(one.code_id, one.application, one.subject));
            found.push_back(at == by_subject.end() ? std::nullopt : std::optional(at->second));
        }
        return found;
    }

    std::vector<Redemption> ListOfCode(CodeId code, RedemptionId after, std::size_t most) override {
        std::int64_t uses = 0;
        desk_.Run(sql::kCountUses, {code}, [&](const Row& row) { uses = row.Int(0); });
        return FindMany(uses > kBusy ? sql::kRedemptionsOfBusyCode : sql::kRedemptionsOfCode,
                        {code, after, most});
    }

    std::vector<Redemption> ListOfAccount(std::string_view account_id, std::size_t most) override {
        return FindMany(sql::kRedemptionsOfAccount, {account_id, most});
    }

    std::vector<Redemption> ListSince(std::string_view application, RedemptionId after,
                                      std::size_t most, Millis now) override {
        return FindMany(sql::kRedemptionsSince, {application, after, most, now});
    }

    std::vector<Redemption> List(const RedemptionQuery& query) override {
        return FindMany(sql::kListRedemptions,
                        {query.after, query.from, query.until, query.code_id, query.scope.all,
                         query.scope.task_group, query.scope.creator_id, query.role,
                         query.task_group, query.page_size});
    }

    std::optional<Redemption> FindByIdempotencyKey(std::string_view key_hash) override {
        return FindOne(sql::kFindRedemptionByKey, {key_hash});
    }

private:
    std::optional<RedemptionId> AddOne(const Redemption& one) {
        const std::string grants = PackGrants(one.aircraft_roles);
        std::optional<RedemptionId> id;
        desk_.Run(sql::kAddRedemption,
                  {one.code_id, one.redeemed_at, OrNull(one.account_id), OrNull(one.account_name),
                   one.application, SubjectIn(one), OrNull(one.email), one.role, one.task_group,
                   OrNull(grants), OrNull(one.idempotency_key_hash)},
                  [&](const Row& row) { id = row.Int(0); });
        return id;
    }

    std::vector<std::optional<RedemptionId>> AddTogether(std::span<const Redemption> redemptions) {
        std::vector<std::int64_t> codes, moments;
        std::vector<std::string_view> accounts, names, applications, subjects, emails, roles,
            groups, grants, keys;
        std::vector<std::string> packed;
        packed.reserve(redemptions.size());
        for (const Redemption& one : redemptions) {
            codes.push_back(one.code_id);
            moments.push_back(one.redeemed_at);
            accounts.push_back(one.account_id);
            names.push_back(one.account_name);
            applications.push_back(one.application);
            subjects.push_back(SubjectIn(one));
            emails.push_back(one.email);
            roles.push_back(one.role);
            groups.push_back(one.task_group);
            grants.push_back(packed.emplace_back(PackGrants(one.aircraft_roles)));
            keys.push_back(one.idempotency_key_hash);
        }
        // What comes back is what was given without those that existed: walk both in step.
        std::vector<std::optional<RedemptionId>> ids(redemptions.size());
        std::size_t at = 0;
        desk_.Run(sql::kAddRedemptions,
                  {codes, moments, accounts, names, applications, subjects, emails, roles, groups,
                   grants, keys},
                  [&](const Row& row) {
                      while (codes[at] != row.Int(1) || applications[at] != row.Text(2) ||
                             subjects[at] != row.Text(3))
                          ++at;
                      ids.at(at++) = row.Int(0);
                  });
        return ids;
    }

    std::optional<Redemption> FindOne(const Statement& statement,
                                      std::initializer_list<Value> key) {
        std::optional<Redemption> found;
        desk_.Run(statement, key, [&](const Row& row) { found = ReadRedemption(row); });
        return found;
    }

    std::vector<Redemption> FindMany(const Statement& statement, std::initializer_list<Value> key) {
        std::vector<Redemption> found;
        desk_.Run(statement, key, [&](const Row& row) { found.push_back(ReadRedemption(row)); });
        return found;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Redemptions> RedemptionsAt(Desk& desk) {
    return std::make_unique<SqlRedemptions>(desk);
}

}  // namespace ostiary
