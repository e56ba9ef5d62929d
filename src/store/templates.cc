#include "sql.h"
#include "store/codes_rows.h"
#include "store/packed.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

Template ReadTemplate(const Row& row) {
    Columns columns(row);
    Template one;
    one.id = columns.Int();
    one.name = columns.String();
    one.description = columns.String();
    one.role = columns.String();
    one.task_group = columns.String();
    one.max_uses = columns.MaybeInt();
    if (const auto days = columns.MaybeInt()) one.expires_days = static_cast<int>(*days);
    if (const auto days = columns.MaybeInt()) one.account_days = static_cast<int>(*days);
    one.label = columns.String();
    one.notes = columns.String();
    one.welcome = columns.String();
    one.email_domains = UnpackLines(columns.Text());
    one.tags = UnpackLines(columns.Text());
    one.created_by_id = columns.String();
    one.created_by = columns.String();
    one.created_at = columns.Int();
    one.updated_at = columns.Int();
    one.version = columns.Int();
    one.aircraft_roles = UnpackGrants(columns.Text());
    return one;
}

Error Taken() {
    return {ErrorKind::kConflict, "template.taken", "Conflict", "This name is in use"};
}

class SqlTemplates final : public Templates {
public:
    explicit SqlTemplates(Desk& desk) : desk_(desk) {}

    Result<TemplateId> Add(const Template& one) override {
        std::optional<TemplateId> id;
        Run(sql::kAddTemplate, one, {OrNull(one.created_by_id), one.created_by, one.created_at},
            [&](const Row& row) { id = row.Int(0); });
        if (!id) return Taken();
        AddAircraft(*id, one.aircraft_roles);
        return *id;
    }

    std::optional<Template> Find(TemplateId id) override { return FindOne(sql::kFindTemplate, id); }

    std::optional<Template> FindByName(std::string_view typed) override {
        const std::string key = Fold(typed);
        return FindOne(sql::kFindTemplateByName, key);
    }

    std::vector<Template> List() override {
        std::vector<Template> all;
        desk_.Run(sql::kListTemplates, {},
                  [&](const Row& row) { all.push_back(ReadTemplate(row)); });
        return all;
    }

    Result<void> Save(const Template& one) override {
        bool saved = false;
        Run(sql::kSaveTemplate, one, {one.updated_at, one.id, one.version},
            [&](const Row&) { saved = true; });
        if (!saved) {
            const auto holder = FindByName(one.name);
            if (holder && holder->id != one.id) return Taken();
            throw StoreFailure(StoreTrouble::kAgain,
                               "a template was changed meanwhile: " + std::to_string(one.id));
        }
        desk_.Run(sql::kRemoveTemplateAircraft, {one.id});
        AddAircraft(one.id, one.aircraft_roles);
        return {};
    }

    bool Delete(TemplateId id) override { return desk_.Run(sql::kDeleteTemplate, {id}) > 0; }

    std::map<TemplateId, std::int64_t> CountCodes(std::size_t most) override {
        std::map<TemplateId, std::int64_t> counts;
        desk_.Run(sql::kCountTemplateCodes, {kTemplateMark, most},
                  [&](const Row& row) { counts.emplace(row.Int(0), row.Int(1)); });
        return counts;
    }

private:
    std::optional<Template> FindOne(const Statement& statement, const Value& key) {
        std::optional<Template> found;
        desk_.Run(statement, {key}, [&](const Row& row) { found = ReadTemplate(row); });
        return found;
    }

    // What a person can edit, and then what the statement takes besides.
    void Run(const Statement& statement, const Template& one, std::initializer_list<Value> more,
             EachRow each) {
        const std::string key = Fold(one.name), domains = PackLines(one.email_domains),
                          tags = PackLines(one.tags);
        std::vector<Value> values = {key,
                                     one.name,
                                     OrNull(one.description),
                                     OrNull(one.role),
                                     OrNull(one.task_group),
                                     one.max_uses,
                                     one.expires_days,
                                     one.account_days,
                                     OrNull(one.label),
                                     OrNull(one.notes),
                                     OrNull(one.welcome),
                                     OrNull(domains),
                                     OrNull(tags)};
        values.insert(values.end(), more);
        desk_.Run(statement, values, each);
    }

    void AddAircraft(TemplateId id, const std::vector<AircraftGrant>& grants) {
        for (const AircraftGrant& grant : grants)
            desk_.Run(sql::kAddTemplateAircraft, {id, grant.aircraft_id, grant.role});
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Templates> TemplatesAt(Desk& desk) { return std::make_unique<SqlTemplates>(desk); }

}  // namespace ostiary
