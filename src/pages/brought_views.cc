#include "pages/brought_views.h"

#include <algorithm>
#include <array>

#include "http/forms.h"
#include "pages/language.h"
#include "pages/recalls_views.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr std::array<std::string_view, kBroughtLevels + 1> kLists = {"LEVEL_1", "LEVEL_2",
                                                                     "LEVEL_3", ""};

std::string NameOf(const Account& account) {
    return account.name.empty() ? account.username : account.name;
}

// This page with these branches open.
std::string Address(const Scene& scene, const BroughtTreePage& page,
                    const std::vector<std::string>& open, std::string_view cursor) {
    std::string address = BroughtPath(*scene.portal);
    char next = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        address += next + std::string(name) + "=" + EncodeQueryValue(value);
        next = '&';
    };
    if (page.person) add("person", page.person->person.account.id);
    if (!cursor.empty()) add("cursor", cursor);
    for (const std::string& one : open) add("open", one);
    return address;
}

std::string WithToggled(const Scene& scene, const BroughtTreePage& page, const std::string& id) {
    std::vector<std::string> open = page.open;
    if (std::erase(open, id) == 0) open.push_back(id);
    return Address(scene, page, open, page.cursor) + "#person-" + id;
}

void AddBranches(View& view, const Scene& scene, const BroughtTreePage& page,
                 const std::vector<BroughtBranch>& branches, std::size_t level) {
    view.List(kLists[level]);
    for (const BroughtBranch& branch : branches) {
        const Account& account = branch.person.account;
        View& row = view.Add(kLists[level]);
        row.Set("PERSON_ID", account.id)
            .Set("PERSON_NAME", NameOf(account))
            .Set("PERSON_NOTE", account.name.empty() ? "" : account.username)
            .Set("PERSON_ROLE", RoleLabel(scene.catalogue(), account.role))
            .Set("PERSON_GROUP", TaskGroupLabel(scene.catalogue(), account.task_group));
        row.Set("PERSON_URL", scene.May(Permission::kUsersWrite)
                                  ? "/admin/users/" + account.id + "/"
                                  : BroughtPath(*scene.portal, account.id));
        row.Flag("PERSON_IS_OUT", !account.IsActiveAt(scene.now));
        SetMoment(row, "PERSON_JOINED", account.joined_at, scene);
        const bool opens_here = level + 1 < kBroughtLevels;
        row.Set("BROUGHT", branch.person.brought == 0 ? ""
                                                      : TN("brought {} person", "brought {} people",
                                                           branch.person.brought));
        row.Flag("IS_OPEN", branch.is_open).Flag("OPENS_HERE", opens_here);
        row.Set("TOGGLE_URL", opens_here ? WithToggled(scene, page, account.id)
                                         : BroughtPath(*scene.portal, account.id));
        row.Set("REST_URL", branch.has_more ? BroughtPath(*scene.portal, account.id) : "");
        if (level + 1 < kBroughtLevels) AddBranches(row, scene, page, branch.below, level + 1);
    }
}

}  // namespace

std::string BroughtPath(const Portal& portal, std::string_view id) {
    std::string path = std::string(portal.home) + "brought/";
    if (!id.empty()) path.append("?person=").append(EncodeQueryValue(id));
    return path;
}

View ViewOf(const Scene& scene, const BroughtTreePage& page) {
    View view("brought/tree");
    view.Set("ROOTS_URL", BroughtPath(*scene.portal)).List("ABOVE").Set("RECALL_URL", "");
    view.Flag("IS_OF_ONE", page.person.has_value()).Flag("IS_TEAMS", page.is_teams);
    view.Set("TITLE", T("Who brought whom"));
    if (page.person) {
        const Account& account = page.person->person.account;
        view.Set("TITLE", T("Whom {} brought", NameOf(account)));
        for (const Account& one : page.person->above)
            view.Add("ABOVE")
                .Set("ABOVE_NAME", NameOf(one))
                .Set("ABOVE_URL", BroughtPath(*scene.portal, one.id));
        view.Set("HERE_NAME", NameOf(account));
        if (scene.May(Permission::kCodesWrite))
            view.Set("RECALL_URL",
                     RecallAddress(*scene.portal, RecallScope::kPerson, account.username));
    }
    AddBranches(view, scene, page, page.people, 0);
    view.Set("PREVIOUS_URL", page.cursor.empty() ? "" : Address(scene, page, {}, ""))
        .Set("NEXT_URL", page.next.empty() ? "" : Address(scene, page, {}, page.next));
    return view;
}

}  // namespace ostiary::pages
