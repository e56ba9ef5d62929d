#include <algorithm>
#include <boost/json.hpp>

#include "sql.h"
#include "store/events_rows.h"
#include "store/ports.h"
#include "store/row_errors.h"
#include "store/sentences.h"

namespace ostiary {
namespace {

namespace json = boost::json;

ImportState StateNamed(std::string_view name) {
    const auto found = std::ranges::find(kImportStates, name);
    if (found == kImportStates.end()) throw StoreFailure("an import in an unknown state");
    return static_cast<ImportState>(found - kImportStates.begin());
}

std::string Pack(const ImportMap& map) {
    json::array packed;
    for (const auto& [column, field] : map)
        packed.push_back(json::array{json::string(column), json::string(field)});
    return json::serialize(packed);
}

ImportMap UnpackMap(std::string_view packed) {
    ImportMap map;
    const json::value value = json::parse({packed.data(), packed.size()});
    for (const json::value& one : value.as_array())
        map.emplace_back(one.at(0).as_string(), one.at(1).as_string());
    return map;
}

Import ReadImport(const Row& row) {
    Columns columns(row);
    Import one;
    one.id = columns.String();
    one.state = StateNamed(columns.Text());
    one.ending = StateNamed(columns.Text());
    one.content_hash = columns.String();
    one.mode = columns.Text() == NameOf(ImportMode::kGood) ? ImportMode::kGood : ImportMode::kAll;
    one.again = columns.Int() != 0;
    one.label_required = columns.Int() != 0;
    one.map = UnpackMap(columns.Text());
    one.rows = columns.Int();
    one.looked_at = columns.Int();
    one.created = columns.Int();
    one.refused = columns.Int();
    one.repeated = columns.Int();
    one.undone = columns.Int();
    one.trouble = UnpackSentence(columns.Text());
    one.created_by_id = columns.String();
    one.created_by = columns.String();
    one.origin.door = DoorNamed(columns.Text());
    one.origin.address = columns.String();
    one.origin.request_id = columns.String();
    one.created_at = columns.Int();
    one.updated_at = columns.Int();
    one.ended_by_id = columns.String();
    one.ended_by = columns.String();
    return one;
}

class SqlImports final : public Imports {
public:
    explicit SqlImports(Desk& desk) : desk_(desk) {}

    void Add(const Import& one) override {
        const std::string map = Pack(one.map), trouble = PackSentence(one.trouble);
        desk_.Run(sql::kAddImport, {one.id,
                                    NameOf(one.state),
                                    NameOf(one.ending),
                                    one.content_hash,
                                    NameOf(one.mode),
                                    one.again,
                                    one.label_required,
                                    map,
                                    one.rows,
                                    one.looked_at,
                                    one.created,
                                    one.refused,
                                    one.repeated,
                                    one.undone,
                                    OrNull(trouble),
                                    OrNull(one.created_by_id),
                                    one.created_by,
                                    NameOf(one.origin.door),
                                    one.origin.address,
                                    one.origin.request_id,
                                    one.created_at,
                                    one.updated_at});
    }

    std::optional<Import> Find(std::string_view id) override { return One(sql::kFindImport, id); }

    // On SQLite the writer holds everything anyway.
    std::optional<Import> FindForUpdate(std::string_view id) override {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockImport, {id});
        return Find(id);
    }

    void Save(const Import& one) override {
        const std::string map = Pack(one.map), trouble = PackSentence(one.trouble);
        desk_.Run(sql::kSaveImport, {one.id,
                                     NameOf(one.state),
                                     NameOf(one.ending),
                                     one.content_hash,
                                     NameOf(one.mode),
                                     one.again,
                                     one.label_required,
                                     map,
                                     one.rows,
                                     one.looked_at,
                                     one.created,
                                     one.refused,
                                     one.repeated,
                                     one.undone,
                                     OrNull(trouble),
                                     one.updated_at,
                                     OrNull(one.ended_by_id),
                                     OrNull(one.ended_by),
                                     NameOf(one.origin.door),
                                     one.origin.address,
                                     one.origin.request_id});
    }

    void Delete(std::string_view id) override {
        DeletePieces(id);
        desk_.Run(sql::kDeleteImportErrors, {id});
        ForgetRows(id);
        desk_.Run(sql::kDeleteImport, {id});
    }

    std::optional<Import> FindSame(std::string_view content_hash) override {
        return One(sql::kFindSameImport, content_hash);
    }

    std::vector<Import> List(std::string_view created_by_id, std::size_t most) override {
        std::vector<Import> imports;
        desk_.Run(sql::kListImports, {OrNull(created_by_id), most},
                  [&](const Row& row) { imports.push_back(ReadImport(row)); });
        return imports;
    }

    std::vector<std::string> ListDue(Millis now) override {
        return Texts(sql::kListDueImports, {now});
    }

    bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) override {
        return desk_.Run(sql::kClaimImport, {id, lease, now, until}) > 0;
    }

    void Release(std::string_view id, std::string_view lease) override {
        desk_.Run(sql::kReleaseImport, {id, lease});
    }

    void AddPiece(std::string_view id, std::int64_t place, std::string_view text) override {
        const std::string sealed = desk_.vault.Seal(desk_.random, text);
        desk_.Run(sql::kAddImportPiece, {id, place, sealed});
    }

    std::optional<std::string> FindPiece(std::string_view id, std::int64_t place) override {
        std::optional<std::string> piece;
        desk_.Run(sql::kFindImportPiece, {id, place}, [&](const Row& row) {
            piece = desk_.vault.Open(row.Text(0));
            if (!piece) throw StoreFailure("an imported file was sealed with another key");
        });
        return piece;
    }

    void DeletePieces(std::string_view id) override { desk_.Run(sql::kDeleteImportPieces, {id}); }

    void AddErrors(std::string_view id, std::span<const ImportError> errors) override {
        AddRowErrors(desk_, sql::kAddImportError, id, errors);
    }

    std::vector<ImportError> ListErrors(std::string_view id, std::int64_t after_row,
                                        std::int64_t after_place, std::size_t most) override {
        return ListRowErrors(desk_, sql::kListImportErrors, id, after_row, after_place, most);
    }

    std::vector<std::string> KnownRows(std::span<const std::string> hashes) override {
        const std::vector<std::string_view> asked(hashes.begin(), hashes.end());
        auto known = Texts(sql::kKnownImportRows, {asked});
        std::ranges::sort(known);
        return known;
    }

    void AddRows(std::string_view id, std::span<const std::string> hashes) override {
        const std::vector<std::string_view> added(hashes.begin(), hashes.end());
        desk_.Run(sql::kAddImportRows, {added, id});
    }

    void ForgetRows(std::string_view id) override { desk_.Run(sql::kForgetImportRows, {id}); }

    std::size_t DeleteDrafts(Millis made_before, std::size_t most) override {
        const auto old = Texts(sql::kListOldDrafts, {made_before, most});
        for (const std::string& id : old) Delete(id);
        return old.size();
    }

    void DeleteSurplusDrafts(std::string_view created_by_id, std::size_t kept) override {
        for (const std::string& id : Texts(sql::kListSurplusDrafts, {created_by_id, kept}))
            Delete(id);
    }

private:
    std::optional<Import> One(const Statement& statement, std::string_view key) {
        std::optional<Import> found;
        desk_.Run(statement, {key}, [&](const Row& row) { found = ReadImport(row); });
        return found;
    }

    std::vector<std::string> Texts(const Statement& statement,
                                   std::initializer_list<Value> values) {
        std::vector<std::string> texts;
        desk_.Run(statement, values, [&](const Row& row) { texts.emplace_back(row.Text(0)); });
        return texts;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Imports> ImportsAt(Desk& desk) { return std::make_unique<SqlImports>(desk); }

}  // namespace ostiary
