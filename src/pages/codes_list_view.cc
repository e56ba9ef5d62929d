// The list of codes: filters kept in its address, columns by portal, pages by cursor.

#include <array>

#include "http/forms.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kPageSize = 20;

struct OrderRow {
    CodeOrder order;
    std::string_view name, label;
};
constexpr std::array kOrders = {
    OrderRow{CodeOrder::kNewest, "newest", "Newest first"},
    OrderRow{CodeOrder::kOldest, "oldest", "Oldest first"},
    OrderRow{CodeOrder::kSoonestExpiry, "expiry", "Ending soonest"},
    OrderRow{CodeOrder::kMostUsed, "uses", "Most used"},
    OrderRow{CodeOrder::kRecentlyUsed, "recent", "Used most recently"},
    OrderRow{CodeOrder::kLabel, "label", "By label"},
};

struct StatusRow {
    std::string_view name, label;
};
constexpr std::array kStatuses = {
    StatusRow{"usable", "Usable"},       StatusRow{"active", "Active"},
    StatusRow{"warning", "Warning"},     StatusRow{"inactive", "Inactive"},
    StatusRow{"expired", "Expired"},     StatusRow{"exhausted", "Exhausted"},
    StatusRow{"scheduled", "Scheduled"}, StatusRow{"pending", "Pending approval"},
};

std::string_view NameOf(CodeOrder order) {
    for (const OrderRow& row : kOrders)
        if (row.order == order) return row.name;
    return kOrders.front().name;
}

std::string StatusLabel(std::string_view name) {
    for (const StatusRow& row : kStatuses)
        if (row.name == name) return std::string(row.label);
    return std::string(name);
}

// The list's address with these filters, but for one.
std::string AddressOf(const Portal& portal, const CodeQuery& query, std::string_view but,
                      std::string_view cursor = {}) {
    std::string address(portal.codes_path);
    char joint = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty() || name == but) return;
        address += joint + std::string(name) + "=" + EncodeQueryValue(value);
        joint = '&';
    };
    add("search", query.search);
    add("role", query.role);
    add("task_group", query.task_group);
    add("status", query.status);
    if (query.order != CodeOrder::kNewest) add("order", NameOf(query.order));
    add("cursor", cursor);
    return address;
}

void AddFilters(View& view, const Scene& scene, const CodeQuery& query) {
    std::vector<Option> roles, groups, statuses, orders;
    for (const auto& role : scene.catalogue().roles) roles.push_back({role.name, role.label});
    for (const auto& group : scene.catalogue().task_groups)
        groups.push_back({group.name, group.label});
    for (const StatusRow& row : kStatuses)
        statuses.push_back({std::string(row.name), std::string(row.label)});
    for (const OrderRow& row : kOrders)
        orders.push_back({std::string(row.name), std::string(row.label)});
    AddField(view, "SEARCH", "filter", {"search", "search", "Search", "", query.search}, {});
    AddField(view, "FILTERS", "filter",
             {"choice", "role", "Role", "", query.role, WithAny("Any role", roles)}, {});
    AddField(
        view, "FILTERS", "filter",
        {"choice", "task_group", "Task Group", "", query.task_group, WithAny("Any group", groups)},
        {});
    AddField(view, "FILTERS", "filter",
             {"choice", "status", "Status", "", query.status, WithAny("Any status", statuses)}, {});
    AddField(view, "FILTERS", "filter",
             {"choice", "order", "Order", "", std::string(NameOf(query.order)), orders}, {});
}

void AddChips(View& view, const Scene& scene, const CodeQuery& query) {
    view.List("CHIPS").Set("CLEAR_URL", scene.portal->codes_path);
    const auto chip = [&](std::string_view name, std::string_view value, const std::string& label) {
        if (value.empty()) return;
        view.Add("CHIPS")
            .Set("CHIP_LABEL", label)
            .Set("CHIP_URL", AddressOf(*scene.portal, query, name));
    };
    chip("search", query.search, "“" + query.search + "”");
    chip("role", query.role, RoleLabel(scene.catalogue(), query.role));
    chip("task_group", query.task_group, TaskGroupLabel(scene.catalogue(), query.task_group));
    chip("status", query.status, StatusLabel(query.status));
}

}  // namespace

CodeQuery QueryOf(const Fields& fields) {
    CodeQuery query;
    query.role = Typed(fields, "role");
    query.task_group = Typed(fields, "task_group");
    query.status = Typed(fields, "status");
    query.search = Typed(fields, "search");
    query.cursor = Typed(fields, "cursor");
    query.page_size = kPageSize;
    for (const OrderRow& row : kOrders)
        if (row.name == fields.Get("order")) query.order = row.order;
    return query;
}

View ViewOf(const Scene& scene, const CodesListPage& list) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("codes/list");
    view.Set("TITLE", look.codes_title).Set("CODE_NOUN", look.code_noun);
    view.Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_WORDS", scene.portal->create_words);
    view.Set("LIST_URL", scene.portal->codes_path)
        .Flag("MAY_CREATE", scene.May(Permission::kCodesWrite));
    AddFilters(view, scene, list.query);
    AddChips(view, scene, list.query);
    for (const Column& column : look.columns) view.Add("COLUMNS").Set("HEADING", column.heading);
    view.List("ROWS");
    for (const Code& code : list.page.codes) {
        View& row = view.Add("ROWS");
        SetCode(row, scene, code);
        for (const Column& column : look.columns)
            row.Add("CELLS").Set("CELL", column.kind).Set("CELL_HEADING", column.heading);
    }
    const auto page_at = [&](const std::string& cursor) {
        return cursor.empty() ? std::string() : AddressOf(*scene.portal, list.query, "", cursor);
    };
    view.Set("NEXT_URL", page_at(list.page.next)).Set("PREVIOUS_URL", page_at(list.page.previous));
    view.Set("HERE_URL", AddressOf(*scene.portal, list.query, "", list.query.cursor));
    return view;
}

}  // namespace ostiary::pages
