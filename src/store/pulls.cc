#include <algorithm>

#include "sql.h"
#include "store/events_rows.h"
#include "store/ports.h"
#include "store/row_errors.h"
#include "store/sentences.h"

namespace ostiary {
namespace {

template <class Enum, class Names>
Enum Named(const Names& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) throw StoreFailure("a pull of an unknown state or kind");
    return static_cast<Enum>(found - names.begin());
}

Pull ReadPull(const Row& row) {
    Columns columns(row);
    Pull one;
    one.id = columns.String();
    one.state = Named<PullState>(kPullStates, columns.Text());
    one.source = columns.String();
    one.rows = columns.Int();
    one.wrong = columns.Int();
    one.unnamed = columns.Int();
    one.known = columns.Int();
    one.leavers = columns.Int();
    one.changes = columns.Int();
    one.links = columns.Int();
    one.invites = columns.Int();
    one.done = columns.Int();
    one.failed = columns.Int();
    one.fingerprint = columns.String();
    one.trouble = UnpackSentence(columns.Text());
    one.asked_by = columns.String();
    one.ended_by_id = columns.String();
    one.ended_by = columns.String();
    const std::string_view door = columns.Text();
    if (!door.empty()) one.origin.door = DoorNamed(door);
    one.origin.address = columns.String();
    one.origin.request_id = columns.String();
    one.created_at = columns.Int();
    one.updated_at = columns.Int();
    return one;
}

class SqlPulls final : public Pulls {
public:
    explicit SqlPulls(Desk& desk) : desk_(desk) {}

    bool Add(const Pull& one) override {
        return desk_.Run(sql::kAddPull,
                         {one.id, one.source, OrNull(one.asked_by), one.created_at}) > 0;
    }

    std::optional<Pull> Find(std::string_view id) override { return One(sql::kFindPull, id); }

    // On SQLite the writer holds everything anyway.
    std::optional<Pull> FindForUpdate(std::string_view id) override {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockPull, {id});
        return Find(id);
    }

    std::optional<Pull> FindInState(PullState state) override {
        return One(sql::kFindPullInState, NameOf(state));
    }

    void Save(const Pull& one) override {
        const std::string trouble = PackSentence(one.trouble);
        const bool has_ended = !one.ended_by.empty();
        desk_.Run(sql::kSavePull, {one.id,
                                   NameOf(one.state),
                                   one.rows,
                                   one.wrong,
                                   one.unnamed,
                                   one.known,
                                   one.leavers,
                                   one.changes,
                                   one.links,
                                   one.invites,
                                   one.done,
                                   one.failed,
                                   OrNull(one.fingerprint),
                                   OrNull(trouble),
                                   OrNull(one.ended_by_id),
                                   OrNull(one.ended_by),
                                   has_ended ? Value(NameOf(one.origin.door)) : Value(nullptr),
                                   OrNull(one.origin.address),
                                   OrNull(one.origin.request_id),
                                   one.updated_at});
    }

    std::vector<Pull> List(std::string_view after, std::size_t most) override {
        std::vector<Pull> pulls;
        desk_.Run(sql::kListPulls, {after, most},
                  [&](const Row& row) { pulls.push_back(ReadPull(row)); });
        return pulls;
    }

    void Supersede(std::string_view id, Millis now) override {
        desk_.Run(sql::kSupersedePulls, {id, now});
    }

    std::vector<std::string> ListDue(PullState state, Millis now) override {
        return Texts(sql::kListDuePulls, {NameOf(state), now});
    }

    bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) override {
        return desk_.Run(sql::kClaimPull, {id, lease, now, until}) > 0;
    }

    void Release(std::string_view id, std::string_view lease, Millis due) override {
        desk_.Run(sql::kReleasePull, {id, lease, due});
    }

    void AddChanges(std::string_view id, std::span<const PullChange> changes) override {
        for (const PullChange& one : changes) {
            const std::string sealed = desk_.vault.Seal(desk_.random, one.body);
            desk_.Run(sql::kAddPullChange,
                      {id, one.place, NameOf(one.kind), OrNull(one.scim_id), sealed});
        }
    }

    std::vector<PullChange> ListChanges(std::string_view id, std::int64_t after,
                                        std::size_t most) override {
        return Changes(sql::kListPullChanges, {id, after, most});
    }

    std::vector<PullChange> ListChangesLeft(std::string_view id, std::size_t most) override {
        return Changes(sql::kListPullChangesLeft, {id, most});
    }

    bool Settle(std::string_view id, const PullChange& one) override {
        const std::string reason = PackSentence(one.reason);
        return desk_.Run(sql::kSettlePullChange, {id, one.place, OrNull(one.outcome),
                                                  OrNull(reason), OrNull(one.scim_id)}) > 0;
    }

    void AddErrors(std::string_view id, std::span<const ImportError> errors) override {
        AddRowErrors(desk_, sql::kAddPullError, id, errors);
    }

    std::vector<ImportError> ListErrors(std::string_view id, std::int64_t after_row,
                                        std::int64_t after_place, std::size_t most) override {
        return ListRowErrors(desk_, sql::kListPullErrors, id, after_row, after_place, most);
    }

    void Clear(std::string_view id) override {
        desk_.Run(sql::kDeletePullChanges, {id});
        desk_.Run(sql::kDeletePullErrors, {id});
    }

    std::vector<PullPerson> ListPeople(std::string_view after, std::size_t most) override {
        return People(sql::kListPullPeople, {after, most});
    }

    std::optional<PullPerson> FindPerson(std::string_view hash) override {
        return First(People(sql::kFindPullPerson, {hash}));
    }

    std::optional<PullPerson> FindPersonByScim(std::string_view scim_id) override {
        return First(People(sql::kFindPullPersonByScim, {scim_id}));
    }

    void PutPerson(const PullPerson& one) override {
        const std::string sealed = desk_.vault.Seal(desk_.random, one.said);
        desk_.Run(sql::kPutPullPerson, {one.hash, one.scim_id, sealed});
    }

    void DeletePerson(std::string_view hash) override { desk_.Run(sql::kDeletePullPerson, {hash}); }

    void ErasePerson(std::string_view account_id) override {
        desk_.Run(sql::kErasePullPerson, {account_id});
        desk_.Run(sql::kErasePullChanges, {account_id});
    }

    std::size_t DeleteOld(Millis made_before, std::size_t most) override {
        const auto old = Texts(sql::kListOldPulls, {made_before, most});
        for (const std::string& id : old) {
            Clear(id);
            desk_.Run(sql::kDeletePull, {id});
        }
        return old.size();
    }

private:
    std::string Opened(std::string_view sealed) {
        auto text = desk_.vault.Open(sealed);
        if (!text) throw StoreFailure("a pull was sealed with another key");
        return *std::move(text);
    }

    std::optional<Pull> One(const Statement& statement, std::string_view key) {
        std::optional<Pull> found;
        desk_.Run(statement, {key}, [&](const Row& row) { found = ReadPull(row); });
        return found;
    }

    std::vector<std::string> Texts(const Statement& statement,
                                   std::initializer_list<Value> values) {
        std::vector<std::string> texts;
        desk_.Run(statement, values, [&](const Row& row) { texts.emplace_back(row.Text(0)); });
        return texts;
    }

    std::vector<PullChange> Changes(const Statement& statement,
                                    std::initializer_list<Value> values) {
        std::vector<PullChange> changes;
        desk_.Run(statement, values, [&](const Row& row) {
            Columns columns(row);
            PullChange& one = changes.emplace_back();
            one.place = columns.Int();
            one.kind = Named<PullKind>(kPullKinds, columns.Text());
            one.scim_id = columns.String();
            one.body = Opened(columns.Text());
            one.outcome = columns.String();
            one.reason = UnpackSentence(columns.Text());
        });
        return changes;
    }

    std::vector<PullPerson> People(const Statement& statement,
                                   std::initializer_list<Value> values) {
        std::vector<PullPerson> people;
        desk_.Run(statement, values, [&](const Row& row) {
            Columns columns(row);
            PullPerson& one = people.emplace_back();
            one.hash = columns.String();
            one.scim_id = columns.String();
            one.said = Opened(columns.Text());
        });
        return people;
    }

    static std::optional<PullPerson> First(std::vector<PullPerson> people) {
        return people.empty() ? std::nullopt : std::optional(std::move(people.front()));
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Pulls> PullsAt(Desk& desk) { return std::make_unique<SqlPulls>(desk); }

}  // namespace ostiary
