// Recalls, changes of many codes and the tree of people, in every state worth looking at.

#include "pages/brought_views.h"
#include "pages/codes_jobs_views.h"
#include "pages/recalls_views.h"
#include "pages/samples.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

struct Facts {
    std::string words;
    Millis now;

    Recall Made(RecallState state) const {
        Recall recall;
        recall.id = "r1";
        recall.state = state;
        recall.scope = RecallScope::kPerson;
        recall.subject = "u1";
        recall.since = now - kDay;
        recall.deactivates_accounts = true;
        recall.reason = recall.created_by = words;
        recall.created_at = now - kHour;
        if (state == RecallState::kUndone) {
            recall.undone_by = words;
            recall.undone_at = now;
        }
        return recall;
    }
    RecallItemShown Item(CodeId code, std::string spared, std::string undone) const {
        RecallItemShown one;
        one.item.code_id = code;
        one.item.account_id = code == 0 ? "u2" : "";
        one.item.spared = std::move(spared);
        one.item.undone = std::move(undone);
        one.name = words;
        one.full_name = code == 0 ? words : "";
        if (code == 0) one.joined_at = now - kDay;
        return one;
    }
    Account Person(std::string id) const {
        Account account;
        account.id = std::move(id);
        account.username = account.name = words;
        account.role = "staff";
        account.task_group = "cleaning";
        account.joined_at = now - kDay;
        return account;
    }
};

template <class Page>
void Put(std::vector<Sample>& samples, std::string name, Page page) {
    samples.push_back({std::move(name), Place::kInPortals,
                       [page](const Scene& scene) { return ViewOf(scene, page); }});
}

void PutRecalls(std::vector<Sample>& samples, const Facts& facts) {
    const RecallTally tally{3, 2, 4, 1, 5, 2};
    RecallsPage list;
    for (int state = 0; state < static_cast<int>(RecallState::kCount); ++state) {
        const Recall recall = facts.Made(static_cast<RecallState>(state));
        list.recalls.push_back(
            {recall, state == 0 ? "" : facts.words, state == 0 ? RecallTally{} : tally});
        RecallPage page{list.recalls.back(), {}, "7,", false};
        page.items = {facts.Item(0, "", ""),
                      facts.Item(0, "account.superuser", ""),
                      facts.Item(7, "", "back"),
                      facts.Item(8, "", "code.changed"),
                      {}};
        Put(samples, "recalls/detail, " + std::string(NameOf(recall.state)), page);
    }
    list.next = "r0";
    Put(samples, "recalls/list", list);
    Put(samples, "recalls/list, none", RecallsPage{});
    Put(samples, "recalls/form", RecallNewPage{});
    const Fields typed({{"scope", "person"}, {"subject", facts.words}, {"reason", facts.words}});
    const Error wrong{ErrorKind::kInvalid,
                      "sample",
                      facts.words,
                      facts.words,
                      {{"subject", "sample", facts.words}}};
    Put(samples, "recalls/form, refused", RecallNewPage{typed, {}, "r1", wrong});
    RecallPreview look;
    look.recall = facts.Made(RecallState::kRunning);
    look.subject_name = facts.words;
    look.tally = tally;
    look.came = 5;
    look.accounts = {facts.Item(0, "", ""), facts.Item(0, "account.self", "")};
    look.codes = {facts.Item(7, "", ""), facts.Item(8, "code.expired", "")};
    Put(samples, "recalls/form, looked at", RecallNewPage{typed, look, "r1", {}});
    look.recall.deactivates_accounts = false;
    look.tally = {};
    Put(samples, "recalls/form, nothing to do", RecallNewPage{typed, look, "r1", {}});
}

void PutJobs(std::vector<Sample>& samples, const Facts& facts) {
    BulkJobsPage list;
    for (int state = 0; state < static_cast<int>(BulkJobState::kCount); ++state) {
        BulkJob job;
        job.id = "j1";
        job.state = static_cast<BulkJobState>(state);
        job.deed = static_cast<BulkDeed>(state % kBulkDeeds.size());
        job.chosen = 5'000;
        job.looked_at = 1'200;
        job.changed = 1'150;
        job.created_by = facts.words;
        job.created_at = facts.now - kHour;
        if (job.state == BulkJobState::kCancelled) job.trouble = facts.words;
        if (job.state >= BulkJobState::kUndoing && job.state != BulkJobState::kDone) job.kept = 30;
        list.jobs.push_back(job);
        BulkJobPage page{job, {{7, facts.words, "code.used", facts.words}}};
        Put(samples, "codes/job, " + std::string(NameOf(job.state)), page);
    }
    list.next = "j0";
    Put(samples, "codes/jobs", list);
    Put(samples, "codes/jobs, none", BulkJobsPage{});
}

void PutTree(std::vector<Sample>& samples, const Facts& facts) {
    const auto leaf = [&](const char* id) {
        return BroughtBranch{{facts.Person(id), 0}, {}, false, false};
    };
    const BroughtBranch inner{{facts.Person("u2"), 12}, {leaf("u3"), leaf("u4")}, true, true};
    BroughtTreePage page;
    page.people = {{{facts.Person("u1"), 2}, {inner, leaf("u5")}, true, false}, leaf("u6")};
    page.open = {"u1", "u2"};
    Put(samples, "brought/tree", page);
    page.person = BroughtPerson{{facts.Person("u1"), 2}, {facts.Person("u0")}};
    page.cursor = "u0";
    page.next = "u9";
    Put(samples, "brought/tree, of one", page);
    Put(samples, "brought/tree, nobody", BroughtTreePage{});
}

}  // namespace

std::vector<Sample> RecallSamples(std::string_view words, Millis now) {
    const Facts facts{std::string(words), now};
    std::vector<Sample> samples;
    PutRecalls(samples, facts);
    PutJobs(samples, facts);
    PutTree(samples, facts);
    UserAskPage leaver;
    leaver.user.account = facts.Person("u1");
    leaver.codes = 3;
    leaver.typed = Fields({{"codes", "hand-over"}, {"hand_over_to", facts.words}});
    leaver.error = Error{ErrorKind::kInvalid,
                         "sample",
                         facts.words,
                         facts.words,
                         {{"hand_over_to", "sample", facts.words}}};
    Put(samples, "users/ask, with codes", leaver);
    return samples;
}

}  // namespace ostiary::pages
