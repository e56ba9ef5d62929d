#include "core/saved_views.h"

#include <algorithm>

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostViews = 20, kLongestName = 60, kLongestQuery = 1000;

// Small enough to be a fact of its own: a line of each view, its name and its query.
std::string KeyOf(const Actor& actor) { return "views of " + actor.account_id; }

std::vector<SavedView> Read(Work& work, const Actor& actor) {
    std::vector<SavedView> views;
    const std::string kept = work.facts.Get(KeyOf(actor)).value_or("");
    for (const std::string& line : SplitList(kept, '\n'))
        if (const auto tab = line.find('\t'); tab != line.npos)
            views.push_back({line.substr(0, tab), line.substr(tab + 1)});
    return views;
}

void Write(Work& work, const Actor& actor, const std::vector<SavedView>& views) {
    std::string lines;
    for (const SavedView& view : views) lines += view.name + "\t" + view.query + "\n";
    work.facts.Set(KeyOf(actor), lines);
}

Result<void> Check(std::string_view name, std::string_view query) {
    if (name.empty() || CountCharacters(name) > kLongestName || !IsCleanText(name, Lines::kOne))
        return InvalidFields({{"name", "view.name",
                               Say("A view needs a name of at most {} letters", kLongestName)}});
    if (query.empty() || query.size() > kLongestQuery || !IsCleanText(query, Lines::kOne))
        return InvalidFields({{"name", "view.query", "There are no filters to save"}});
    return {};
}

}  // namespace

std::vector<SavedView> ListViews(Permit<kCodesRead> permit, World& world) {
    std::vector<SavedView> views;
    world.store.Read([&](Work& work) { views = Read(work, permit.holder()); });
    return views;
}

Result<void> SaveView(Permit<kCodesRead> permit, World& world, std::string_view typed_name,
                      std::string_view query) {
    const std::string name(Trim(typed_name));
    TRY(Check(name, query));
    return world.store.Transact([&](Work& work) -> Result<void> {
        auto views = Read(work, permit.holder());
        std::erase_if(views, [&](const SavedView& view) { return view.name == name; });
        if (views.size() >= kMostViews)
            return InvalidFields(
                {{"name", "view.many",
                  Say("You have {} views already; remove one first", kMostViews)}});
        views.push_back({name, std::string(query)});
        Write(work, permit.holder(), views);
        return {};
    });
}

Result<void> ForgetView(Permit<kCodesRead> permit, World& world, std::string_view name) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        auto views = Read(work, permit.holder());
        std::erase_if(views, [&](const SavedView& view) { return view.name == name; });
        Write(work, permit.holder(), views);
        return {};
    });
}

}  // namespace ostiary
