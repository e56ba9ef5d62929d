// The list of codes: filters kept in its address, columns by portal, pages by cursor.

#include <array>

#include <algorithm>
#include <optional>

#include "http/forms.h"
#include "pages/codes_funnel_views.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kPageSize = 20;

struct OrderRow {
    CodeOrder order;
    std::string_view name, label;
    std::string_view column = {};  // whose heading sorts so: the kind in codes_looks.cc
    std::string_view direction = {};
};
constexpr std::array kOrders = {
    OrderRow{CodeOrder::kNewest, "newest", N("Newest first"), "created", "descending"},
    OrderRow{CodeOrder::kOldest, "oldest", N("Oldest first"), "created", "ascending"},
    OrderRow{CodeOrder::kSoonestExpiry, "expiry", N("Ending soonest"), "expires", "ascending"},
    OrderRow{CodeOrder::kMostUsed, "uses", N("Most used"), "uses", "descending"},
    OrderRow{CodeOrder::kLeastUsed, "least-used", N("Least used")},
    OrderRow{CodeOrder::kRecentlyUsed, "recent", N("Used most recently")},
    OrderRow{CodeOrder::kLabel, "label", N("By label"), "label", "ascending"},
};

struct StatusRow {
    std::string_view name, label;
};
constexpr std::array kStatuses = {
    StatusRow{"usable", N("Usable")},       StatusRow{"active", N("Active")},
    StatusRow{"warning", N("Warning")},     StatusRow{"inactive", N("Inactive")},
    StatusRow{"expired", N("Expired")},     StatusRow{"exhausted", N("Exhausted")},
    StatusRow{"scheduled", N("Scheduled")}, StatusRow{"pending", N("Pending approval")},
};

std::string_view NameOf(CodeOrder order) {
    for (const OrderRow& row : kOrders)
        if (row.order == order) return row.name;
    return kOrders.front().name;
}

std::string StatusLabel(std::string_view name) {
    for (const StatusRow& row : kStatuses)
        if (row.name == name) return T(row.label);
    return std::string(name);
}

// The filters as name and value, without those that are not set.
std::vector<std::pair<std::string_view, std::string>> SetFilters(const CodeQuery& query) {
    std::vector<std::pair<std::string_view, std::string>> all = {
        {"search", query.search}, {"role", query.role}, {"task_group", query.task_group},
        {"status", query.status}, {"tag", query.tag},   {"template", query.template_name},
        {"batch", query.batch}};
    if (query.order != CodeOrder::kNewest) all.emplace_back("order", NameOf(query.order));
    std::erase_if(all, [](const auto& filter) { return filter.second.empty(); });
    return all;
}

std::string AddressWith(const Portal& portal, const CodeQuery& query, std::string_view but) {
    std::string address(portal.codes_path);
    char joint = '?';
    for (const auto& [name, value] : SetFilters(query)) {
        if (name == but) continue;
        address += joint + std::string(name) + "=" + EncodeQueryValue(value);
        joint = '&';
    }
    return address;
}

std::string PageAddress(const Portal& portal, const CodeQuery& query, std::string_view cursor,
                        std::int64_t first) {
    std::string address = AddressWith(portal, query, "");
    if (cursor.empty()) return address;
    address += (address.find('?') == address.npos ? "?" : "&");
    address += "cursor=" + EncodeQueryValue(cursor);
    if (first > 1) address += "&from=" + std::to_string(first);
    return address;
}

void AddFilters(View& view, const Scene& scene, const CodeQuery& query) {
    std::vector<Option> statuses, orders;
    for (const StatusRow& row : kStatuses)
        statuses.push_back({std::string(row.name), T(row.label)});
    for (const OrderRow& row : kOrders) orders.push_back({std::string(row.name), T(row.label)});
    AddField(view, "SEARCH", "filter",
             {"search", "search", T("Search"), "", query.search, {}, "off", "", "200"}, {});
    AddField(view, "FILTERS", "filter",
             {"choice", "role", T("Role"), "", query.role,
              WithAny(T("Any role"), RoleOptions(scene.catalogue()))},
             {});
    AddField(view, "FILTERS", "filter",
             {"choice", "task_group", T("Task Group"), "", query.task_group,
              WithAny(T("Any group"), TaskGroupOptions(scene.catalogue()))},
             {});
    AddField(
        view, "FILTERS", "filter",
        {"choice", "status", T("Status"), "", query.status, WithAny(T("Any status"), statuses)},
        {});
    AddField(view, "FILTERS", "filter",
             {"choice", "order", T("Order"), "", std::string(NameOf(query.order)), orders}, {});
    view.List("KEPT");
    const auto keep = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) view.Add("KEPT").Set("KEPT_NAME", name).Set("KEPT_VALUE", value);
    };
    keep("tag", query.tag);
    keep("template", query.template_name);
    keep("batch", query.batch);
}

// The filters that are set, as name and what people call them.
std::vector<std::pair<std::string_view, std::string>> NamedFilters(const Scene& scene,
                                                                   const CodeQuery& query) {
    std::vector<std::pair<std::string_view, std::string>> named;
    const auto name = [&](std::string_view filter, std::string_view value, std::string words) {
        if (!value.empty()) named.emplace_back(filter, std::move(words));
    };
    name("search", query.search, "“" + query.search + "”");
    name("role", query.role, RoleLabel(scene.catalogue(), query.role));
    name("task_group", query.task_group, TaskGroupLabel(scene.catalogue(), query.task_group));
    name("status", query.status, StatusLabel(query.status));
    name("tag", query.tag, query.tag);
    name("template", query.template_name, T("From {}", query.template_name));
    name("batch", query.batch, T("Made together"));
    return named;
}

void AddChips(View& view, const Scene& scene, const CodeQuery& query) {
    view.List("CHIPS").Set("CLEAR_URL", scene.portal->codes_path);
    for (const auto& [name, words] : NamedFilters(scene, query))
        view.Add("CHIPS")
            .Set("CHIP_LABEL", words)
            .Set("CHIP_URL", AddressWith(*scene.portal, query, name));
}

// Whether the heading of the column sorts, where it leads, and how the list is sorted by it now.
void SetSorting(View& heading, const Scene& scene, const CodeQuery& query,
                std::string_view column) {
    // The code's own column shows its label first.
    const std::string_view kind = column == "code" ? "label" : column;
    const auto is_of = [&](const OrderRow& row) { return row.column == kind; };
    const auto current = std::ranges::find(kOrders, query.order, &OrderRow::order);
    const bool sorted = current != kOrders.end() && is_of(*current);
    auto next = std::ranges::find_if(kOrders, is_of);
    heading.Set("SORT", sorted ? current->direction : "none").Flag("SORTED", sorted);
    heading.Set("SORT_ICON", sorted && current->direction == "ascending" ? "sort-up" : "sort-down");
    heading.Flag("SORTS", next != kOrders.end()).Set("SORT_URL", "");
    if (next == kOrders.end()) return;
    if (sorted)  // the other way round, or as it was at first
        next = std::ranges::find_if(
            kOrders, [&](const OrderRow& row) { return is_of(row) && row.order != query.order; });
    CodeQuery then = query;
    then.order = next == kOrders.end() ? CodeOrder::kNewest : next->order;
    heading.Set("SORT_URL", AddressWith(*scene.portal, then, ""));
}

// Which of how many are shown: "41–60 of 1 204".
void SetPosition(View& view, const Scene& scene, const CodesListPage& list) {
    const auto count = static_cast<std::int64_t>(list.page.codes.size());
    const std::int64_t first = list.query.cursor.empty() ? 1 : list.first;
    const std::int64_t last = first + count - 1;
    const auto total = list.page.total;
    const bool fits = count > 0 && (!total || last <= *total);
    view.Set("TOTAL_WORDS", total ? T("{} in all", InGroups(*total)) : "");
    view.Set("TOTAL", total ? InGroups(*total) : "").Set("MATCHING", total.value_or(count));
    view.Set("COUNT_WORDS", TN("{} code", "{} codes", total.value_or(count)));
    view.Set("POSITION", fits && total
                             ? T("{}–{} of {}", InGroups(first), InGroups(last), InGroups(*total))
                             : "");
    view.Flag("MORE_THAN_SHOWN", total && *total > count);
    const auto page_at = [&](const std::string& cursor, std::int64_t from) {
        return cursor.empty() ? std::string()
                              : PageAddress(*scene.portal, list.query, cursor, from);
    };
    view.Set("NEXT_URL", page_at(list.page.next, last + 1));
    view.Set("PREVIOUS_URL",
             page_at(list.page.previous, first - static_cast<std::int64_t>(list.query.page_size)));
}

void AddViews(View& view, const Scene& scene, const CodesListPage& list) {
    const std::string here = QueryTextOf(list.query);
    bool is_saved = false;
    view.List("VIEWS");
    for (const SavedView& saved : list.views) {
        const bool current = saved.query == here;
        is_saved = is_saved || current;
        view.Add("VIEWS")
            .Set("VIEW_NAME", saved.name)
            .Set("VIEW_URL", std::string(scene.portal->codes_path) + "?" + saved.query)
            .Flag("VIEW_CURRENT", current);
    }
    view.Set("VIEWS_URL", std::string(scene.portal->codes_path) + "views/");
    view.Flag("MAY_SAVE_VIEW", !here.empty() && !is_saved).Set("VIEW_QUERY", here);
}

}  // namespace

CodeQuery QueryOf(const Fields& fields) {
    CodeQuery query;
    query.role = Typed(fields, "role");
    query.task_group = Typed(fields, "task_group");
    query.status = Typed(fields, "status");
    query.search = Typed(fields, "search");
    query.tag = Typed(fields, "tag");
    query.template_name = Typed(fields, "template");
    query.batch = Typed(fields, "batch");
    query.cursor = Typed(fields, "cursor");
    query.page_size = kPageSize;
    for (const OrderRow& row : kOrders)
        if (row.name == fields.Get("order")) query.order = row.order;
    return query;
}

std::string QueryTextOf(const CodeQuery& query) {
    std::string text;
    for (const auto& [name, value] : SetFilters(query))
        text += (text.empty() ? "" : "&") + std::string(name) + "=" + EncodeQueryValue(value);
    return text;
}

std::vector<std::string> FilterWords(const Scene& scene, const CodeQuery& query) {
    std::vector<std::string> words;
    for (auto& named : NamedFilters(scene, query)) words.push_back(std::move(named.second));
    return words;
}

std::string ListAddress(const Portal& portal, const CodeQuery& query) {
    return AddressWith(portal, query, "");
}

void AddChoiceFields(View& view, const CodeQuery& query) {
    view.List("CHOICE_FIELDS");
    for (const auto& [name, value] : SetFilters(query))
        view.Add("CHOICE_FIELDS").Set("CHOICE_NAME", name).Set("CHOICE_VALUE", value);
}

View ViewOf(const Scene& scene, const CodesListPage& list) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("codes/list");
    view.Set("TITLE", T(look.codes_title)).Set("CODE_NOUN", T(look.code_noun));
    view.Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_WORDS", T(scene.portal->create_words));
    view.Set("FUNNEL_URL", FunnelAddress(*scene.portal, list.query));
    view.Set("LIST_URL", scene.portal->codes_path)
        .Set("INVITE_URL", std::string(scene.portal->codes_path) + "invite/")
        .Set("JOBS_URL", std::string(scene.portal->codes_path) + "jobs/")
        .Set("IMPORT_URL", std::string(scene.portal->codes_path) + "import/")
        .Set("BULK_URL", std::string(scene.portal->codes_path) + "bulk/")
        .Flag("MAY_CREATE", scene.May(Permission::kCodesWrite));
    AddFilters(view, scene, list.query);
    AddChips(view, scene, list.query);
    AddChoiceFields(view, list.query);
    AddViews(view, scene, list);
    SetPosition(view, scene, list);
    for (const Column& column : look.columns) {
        View& heading = view.Add("COLUMNS");
        heading.Set("HEADING", T(column.heading)).Set("COLUMN", column.kind);
        SetSorting(heading, scene, list.query, column.kind);
    }
    view.List("ROWS");
    for (const Code& code : list.page.codes) {
        View& row = view.Add("ROWS");
        SetCode(row, scene, code);
        row.Set("CODE_ID", code.id);
        for (const Column& column : look.columns)
            row.Add("CELLS").Set("CELL", column.kind).Set("CELL_HEADING", T(column.heading));
    }
    view.Set("HERE_URL", PageAddress(*scene.portal, list.query, list.query.cursor, list.first));
    return view;
}

}  // namespace ostiary::pages
