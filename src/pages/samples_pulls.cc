// Pulls of people, in every state worth looking at.

#include "pages/pulls_views.h"
#include "pages/samples.h"

namespace ostiary::pages {
namespace {

template <class Page>
void Put(std::vector<Sample>& samples, std::string name, Page page) {
    samples.push_back({std::move(name), Place::kInPortals,
                       [page](const Scene& scene) { return ViewOf(scene, page); }});
}

PullChange ChangeOf(PullKind kind, const std::string& words, std::string outcome) {
    PullBody body;
    body.key = body.name = body.email = words;
    body.words = {{"role", "staff"}, {"aircraft_roles", words}};
    body.differences = {{"name", words, ""}, {"role", "", "staff"}, {"active", "yes", "no"}};
    PullChange change;
    change.place = static_cast<std::int64_t>(kind) + 1;
    change.kind = kind;
    change.body = PackBody(body);
    change.reason = outcome == kPullWasNot ? Sentence(words) : Sentence();
    change.outcome = std::move(outcome);
    return change;
}

PullPage PageOf(PullState state, const std::string& words, Millis now) {
    PullPage page;
    Pull& pull = page.pull;
    pull.id = "p1";
    pull.state = state;
    pull.source = words;
    pull.rows = 4000;
    pull.wrong = 2;
    pull.unnamed = 1;
    pull.known = 20;
    pull.leavers = 12;
    pull.changes = 3;
    pull.links = 1;
    pull.invites = 1204;
    pull.created_at = pull.updated_at = now - kHour;
    if (state == PullState::kFailed) pull.trouble = Sentence(words);
    const bool is_over = state == PullState::kApplied || state == PullState::kApplying;
    if (is_over) pull.ended_by = pull.asked_by = words;
    if (is_over) pull.done = 700, pull.failed = 2;
    for (int kind = 0; kind < static_cast<int>(PullKind::kCount); ++kind)
        page.changes.push_back(ChangeOf(static_cast<PullKind>(kind), words,
                                        !is_over        ? ""
                                        : kind % 2 == 0 ? std::string(kPullWasDone)
                                                        : std::string(kPullWasNot)));
    page.errors = {{3, 1, "role", "sample", Sentence(words)}};
    page.next = 50;
    page.is_first = false;
    return page;
}

}  // namespace

std::vector<Sample> PullSamples(std::string_view typed, Millis now) {
    const std::string words(typed);
    std::vector<Sample> samples;
    PullsPage list;
    for (int state = 0; state < static_cast<int>(PullState::kCount); ++state) {
        const PullPage page = PageOf(static_cast<PullState>(state), words, now);
        list.pulls.push_back(page.pull);
        Put(samples, "pulls/detail, " + std::string(NameOf(page.pull.state)), page);
    }
    list.next = "p0";
    Put(samples, "pulls/list", list);
    Put(samples, "pulls/list, none", PullsPage{});
    PullPage wrong = PageOf(PullState::kWaiting, words, now);
    wrong.pull.rows = 0;
    wrong.typed = Fields({{"expected_leavers", words}, {"good_rows_only", "1"}});
    wrong.error = Error{ErrorKind::kInvalid,
                        "sample",
                        Sentence(words),
                        Sentence(words),
                        {{"expected_leavers", "sample", Sentence(words)}}};
    Put(samples, "pulls/detail, refused", wrong);
    return samples;
}

}  // namespace ostiary::pages
