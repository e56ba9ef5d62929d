#include <algorithm>
#include <boost/json.hpp>

#include "sql.h"
#include "store/events_rows.h"
#include "store/ports.h"
#include "store/sentences.h"

namespace ostiary {
namespace {

namespace json = boost::json;

template <class Kind, std::size_t kSize>
Kind KindNamed(const std::array<std::string_view, kSize>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) throw StoreFailure("a bulk job in a state or of a kind unknown here");
    return static_cast<Kind>(found - names.begin());
}

// The fields of an edit, once for writing and once for reading.
template <class Edit, class Visit>
void ForEachText(Edit& edit, Visit visit) {
    visit("max_uses", edit.max_uses);
    visit("expires_days", edit.expires_days);
    visit("expires_at", edit.expires_at);
    visit("notes", edit.notes);
    visit("role", edit.role);
    visit("task_group", edit.task_group);
    visit("starts_at", edit.starts_at);
    visit("account_days", edit.account_days);
    visit("label", edit.label);
    visit("welcome", edit.welcome);
}
template <class Edit, class Visit>
void ForEachList(Edit& edit, Visit visit) {
    visit("add_tags", edit.add_tags);
    visit("remove_tags", edit.remove_tags);
}

std::string Pack(const BulkEdit& edit) {
    if (edit == BulkEdit{}) return {};
    json::object packed;
    ForEachText(edit, [&](const char* name, const auto& text) {
        if (text) packed[name] = *text;
    });
    ForEachList(edit, [&](const char* name, const auto& list) {
        if (!list.empty()) packed[name] = json::array(list.begin(), list.end());
    });
    return json::serialize(packed);
}

BulkEdit UnpackEdit(std::string_view packed) {
    BulkEdit edit;
    if (packed.empty()) return edit;
    const json::value value = json::parse({packed.data(), packed.size()});
    const json::object& fields = value.as_object();
    ForEachText(edit, [&](const char* name, auto& text) {
        if (const json::value* one = fields.if_contains(name)) text = one->as_string();
    });
    ForEachList(edit, [&](const char* name, auto& list) {
        if (const json::value* all = fields.if_contains(name))
            for (const json::value& one : all->as_array()) list.emplace_back(one.as_string());
    });
    return edit;
}

class SqlBulkJobs final : public BulkJobs {
public:
    explicit SqlBulkJobs(Desk& desk) : desk_(desk) {}

    void Add(const BulkJob& one, std::string_view lease, Millis lease_until) override {
        const std::string edit = Sealed(Pack(one.edit));
        desk_.Run(sql::kAddBulkJob,
                  {one.id, NameOf(one.state), NameOf(one.deed), OrNull(edit), one.chosen,
                   OrNull(one.created_by_id), one.created_by, NameOf(one.origin.door),
                   one.origin.address, one.origin.request_id, one.created_at, lease, lease_until});
    }

    std::optional<BulkJob> Find(std::string_view id) override {
        std::optional<BulkJob> found;
        desk_.Run(sql::kFindBulkJob, {id}, [&](const Row& row) { found = Read(row); });
        return found;
    }

    // On SQLite the writer holds everything anyway.
    std::optional<BulkJob> FindForUpdate(std::string_view id) override {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockBulkJob, {id});
        return Find(id);
    }

    void Save(const BulkJob& one) override {
        const std::string trouble = PackSentence(one.trouble);
        desk_.Run(sql::kSaveBulkJob,
                  {one.id, NameOf(one.state), one.reached, one.looked_at, one.changed, one.people,
                   one.brought_back, one.kept, OrNull(trouble), OrNull(one.ended_by_id),
                   OrNull(one.ended_by), NameOf(one.origin.door), one.origin.address,
                   one.origin.request_id, one.updated_at});
    }

    std::vector<BulkJob> List(std::string_view created_by_id, std::string_view after,
                              std::size_t most) override {
        std::vector<BulkJob> jobs;
        desk_.Run(sql::kListBulkJobs, {OrNull(created_by_id), after, most},
                  [&](const Row& row) { jobs.push_back(Read(row)); });
        return jobs;
    }

    std::vector<std::string> ListDue(Millis now) override {
        return Ids(sql::kListDueBulkJobs, {now});
    }

    bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) override {
        return desk_.Run(sql::kClaimBulkJob, {id, lease, now, until}) > 0;
    }

    void Release(std::string_view id, std::string_view lease) override {
        desk_.Run(sql::kReleaseBulkJob, {id, lease});
    }

    void AddCodes(std::string_view id, std::span<const CodeId> codes) override {
        const std::vector<std::int64_t> added(codes.begin(), codes.end());
        desk_.Run(sql::kAddBulkJobCodes, {id, added});
    }

    void Settle(std::string_view id, const BulkJobCode& one) override {
        const std::string before = Sealed(one.before), sentence = PackSentence(one.sentence);
        desk_.Run(sql::kSettleBulkJobCode,
                  {id, one.id, one.version, OrNull(before), OrNull(one.reason), OrNull(sentence)});
    }

    std::vector<BulkJobCode> ListCodes(std::string_view id, CodeId after,
                                       std::size_t most) override {
        std::vector<BulkJobCode> codes;
        desk_.Run(sql::kListBulkJobCodes, {id, after, most}, [&](const Row& row) {
            Columns columns(row);
            codes.push_back(ReadCode(columns));
        });
        return codes;
    }

    std::vector<BulkJobCode> ListLeft(std::string_view id, CodeId after,
                                      std::size_t most) override {
        std::vector<BulkJobCode> codes;
        desk_.Run(sql::kListLeftBulkJobCodes, {id, after, most}, [&](const Row& row) {
            Columns columns(row);
            codes.push_back(ReadCode(columns));
            codes.back().label = columns.String();
        });
        return codes;
    }

    std::size_t DeleteEnded(Millis ended_before, std::size_t most) override {
        const auto old = Ids(sql::kListOldBulkJobs, {ended_before, most});
        for (const std::string& id : old) {
            desk_.Run(sql::kDeleteBulkJobCodes, {id});
            desk_.Run(sql::kDeleteBulkJob, {id});
        }
        return old.size();
    }

private:
    std::string Sealed(const std::string& text) {
        return text.empty() ? text : desk_.vault.Seal(desk_.random, text);
    }
    std::string Opened(std::string_view sealed) {
        if (sealed.empty()) return {};
        auto text = desk_.vault.Open(sealed);
        if (!text) throw StoreFailure("a bulk job was sealed with another key");
        return *std::move(text);
    }

    BulkJob Read(const Row& row) {
        Columns columns(row);
        BulkJob one;
        one.id = columns.String();
        one.state = KindNamed<BulkJobState>(kBulkJobStates, columns.Text());
        one.deed = KindNamed<BulkDeed>(kBulkDeeds, columns.Text());
        one.edit = UnpackEdit(Opened(columns.Text()));
        one.chosen = columns.Int();
        one.reached = columns.Int();
        one.looked_at = columns.Int();
        one.changed = columns.Int();
        one.people = columns.Int();
        one.brought_back = columns.Int();
        one.kept = columns.Int();
        one.trouble = UnpackSentence(columns.Text());
        one.created_by_id = columns.String();
        one.created_by = columns.String();
        one.ended_by_id = columns.String();
        one.ended_by = columns.String();
        one.origin.door = DoorNamed(columns.Text());
        one.origin.address = columns.String();
        one.origin.request_id = columns.String();
        one.created_at = columns.Int();
        one.updated_at = columns.Int();
        return one;
    }

    BulkJobCode ReadCode(Columns& columns) {
        BulkJobCode one;
        one.id = columns.Int();
        one.version = columns.Int();
        one.before = Opened(columns.Text());
        one.reason = columns.String();
        one.sentence = UnpackSentence(columns.Text());
        return one;
    }

    std::vector<std::string> Ids(const Statement& statement, std::initializer_list<Value> values) {
        std::vector<std::string> ids;
        desk_.Run(statement, values, [&](const Row& row) { ids.emplace_back(row.Text(0)); });
        return ids;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<BulkJobs> BulkJobsAt(Desk& desk) { return std::make_unique<SqlBulkJobs>(desk); }

}  // namespace ostiary
