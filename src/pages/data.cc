// The browser of raw data (ADM-6).

#include "core/raw_data.h"

#include "http/respond.h"
#include "pages/ask.h"
#include "pages/data_views.h"
#include "pages/pages.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<const RawTable*> TableOf(const Request& request, World& world) {
    const RawTable* table = FindRawTable(request.PathValue("table"));
    for (const RawTable* known : TRY(ListRawTables(TRY(PermitOf<kRawData>(request)), world)))
        if (known == table) return table;
    return Error{ErrorKind::kNotFound, "table.unknown", "Not found", "There is no such table"};
}

// The columns of that form that were sent. A switch sends "0" before its "1".
RawTyped TypedOf(const RawTable& table, RawUse use, const Fields& form) {
    RawTyped typed;
    for (const RawColumn& column : table.columns) {
        const auto all = form.All(column.name);
        if (column.Is(use) && !all.empty()) typed.emplace_back(column.name, all.back());
    }
    if (table.Find("version") != nullptr) typed.emplace_back("version", form.Get("version"));
    return typed;
}

// A moment that was not touched is not sent: the box shows it to the minute only.
void DropUntouchedMoments(const RawTable& table, const Fields& before, RawTyped& typed) {
    std::erase_if(typed, [&](const auto& one) {
        const RawColumn* column = table.Find(one.first);
        return column != nullptr && column->kind == RawKind::kMoment &&
               before.Get(one.first) == one.second;
    });
}

Result<RawRecord> RecordOf(const Request& request, World& world, const RawTable& table) {
    return GetRawRow(TRY(PermitOf<kRawData>(request)), world, table, request.PathValue("row"));
}

}  // namespace

Result<Response> DataHome(const Request& request, World& world) {
    return ShowPage(
        SceneOf(request, world),
        DataHomePage { TRY(ListRawTables(TRY(PermitOf<kRawData>(request)), world)) });
}

Result<Response> DataTable(const Request& request, World& world) {
    const Fields query = request.Query();
    DataTablePage page;
    page.table = TRY(TableOf(request, world));
    page.question.search = Typed(query, "search");
    // A column alone is no question yet, and neither is a value.
    page.question.column = Typed(query, "column");
    page.question.value = Typed(query, "value");
    page.question.back = !query.Get("before").empty();
    page.question.beyond = Typed(query, page.question.back ? "before" : "after");
    RawQuestion asked = page.question;
    if (asked.value.empty()) asked.column.clear();
    page.listing = TRY(ListRawRows(TRY(PermitOf<kRawData>(request)), world, *page.table, asked));
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> DataRow(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    DataRowPage page;
    page.table = TRY(TableOf(request, world));
    page.record = TRY(RecordOf(request, world, *page.table));
    page.typed = FieldsOf(scene, *page.table, page.record);
    return ShowPage(scene, page);
}

Result<Response> DataSave(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    const Fields form = request.Form();
    DataRowPage page;
    page.table = TRY(TableOf(request, world));
    page.record = TRY(RecordOf(request, world, *page.table));
    RawTyped typed = TypedOf(*page.table, RawUse::kEdited, form);
    DropUntouchedMoments(*page.table, FieldsOf(scene, *page.table, page.record), typed);
    const auto saved = EditRawRow(TRY(PermitOf<kRawData>(request)), world, *page.table,
                                  request.PathValue("row"), typed);
    if (saved.ok())
        return SeeOtherAndTell(world, RowPath(*page.table, page.record.address),
                               NoticeKind::kRowSaved);
    if (!IsForTheForm(saved.error())) return saved.error();
    page.typed = form;
    page.error = saved.error();
    return ShowPage(scene, page, StatusOf(saved.error().kind));
}

Result<Response> DataNew(const Request& request, World& world) {
    const RawTable* table = TRY(TableOf(request, world));
    return ShowPage(SceneOf(request, world), DataNewPage{table, {}, {}});
}

Result<Response> DataAdd(const Request& request, World& world) {
    const Fields form = request.Form();
    const RawTable* table = TRY(TableOf(request, world));
    const auto added = AddRawRow(TRY(PermitOf<kRawData>(request)), world, *table,
                                 TypedOf(*table, RawUse::kGiven, form));
    if (added.ok()) return SeeOtherAndTell(world, TablePath(*table), NoticeKind::kRowAdded);
    if (!IsForTheForm(added.error())) return added.error();
    return ShowPage(SceneOf(request, world), DataNewPage{table, form, added.error()},
                    StatusOf(added.error().kind));
}

Result<Response> DataRemoveAsk(const Request& request, World& world) {
    const RawTable* table = TRY(TableOf(request, world));
    return ShowPage(
        SceneOf(request, world), DataAskPage { table, TRY(RecordOf(request, world, *table)) });
}

Result<Response> DataRemove(const Request& request, World& world) {
    const RawTable* table = TRY(TableOf(request, world));
    const auto removed =
        RemoveRawRow(TRY(PermitOf<kRawData>(request)), world, *table, request.PathValue("row"));
    if (removed.ok()) return SeeOtherAndTell(world, TablePath(*table), NoticeKind::kRowRemoved);
    if (!IsForTheForm(removed.error())) return removed.error();
    return SeeOtherAndRefuse(world, RowPath(*table, request.PathValue("row")), removed.error());
}

}  // namespace ostiary::pages
