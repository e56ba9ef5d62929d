#include "core/demo_setup.h"

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <set>
#include <string>

#include "core/codes.h"
#include "core/registration.h"
#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::array kFirstNames = {"Anna",  "Ben",   "Clara", "David", "Emma",  "Felix",
                                    "Greta", "Henri", "Ida",   "Jonas", "Karla", "Leon",
                                    "Mia",   "Noah",  "Olga",  "Paul",  "Rosa",  "Tim"};
constexpr std::array kLastNames = {"Adler",   "Bussard", "Drossel", "Eule",  "Fink", "Gans",
                                   "Habicht", "Kranich", "Lerche",  "Milan", "Rabe", "Storch"};
// How many of a hundred come in each hour of a day, and on each day of a week from Thursday on.
constexpr std::array kHours = {0, 0, 0, 0, 0, 0, 1,  3, 7, 12, 11, 7,
                               4, 5, 6, 5, 5, 8, 11, 8, 4, 2,  1,  0};
constexpr std::array kWeekdays = {12, 9, 26, 20, 10, 12, 11};
constexpr double kEachWeek = 9, kMoreEachDay = .012;
// Of a hundred: who mistypes a code, who tries one that has refused others, who wants a taken name.
constexpr unsigned kMistypeOf100 = 5, kStubbornOf100 = 20, kForgetfulOf100 = 4;
constexpr Millis kDaysBetweenCodes = 13;
constexpr int kCheapMemoryKib = 64;

// Chance as the distributions of the standard library like it.
class Draw {
public:
    using result_type = std::uint32_t;

    explicit Draw(Random& random) : random_(random) {}
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return kDraws - 1; }
    result_type operator()() { return RandomBelow(random_, kDraws); }

private:
    static constexpr result_type kDraws = 1'000'000'000;

    Random& random_;
};

class History {
public:
    History(World& world, const Account& administrator, const Account& manager)
        : until_(world.clock.Now()),
          clock_(until_ - kDemoBegan),
          cheap_(kCheapMemoryKib, 1, 1),
          world_{world.store, clock_, world.random, world.vault, cheap_, world.config},
          ada_(MakeActor(world.config.catalogue, administrator, {Door::kProgram, {}, {}})),
          max_(MakeActor(world.config.catalogue, manager, {Door::kProgram, {}, {}})),
          draw_(world.random) {}

    void Run() {
        Plan();
        const Millis begin = (clock_.Now() / kDay + 1) * kDay;  // a midnight
        for (Millis day = begin; day < until_; day += kDay) {
            const Millis age = (day - begin) / kDay;
            clock_.SetTo(day);
            if (age % kDaysBetweenCodes == 0) AddNextCode();
            const int weekday = kWeekdays[static_cast<std::size_t>(day / kDay % 7)];
            std::poisson_distribution<int> come(kEachWeek * weekday / 100 *
                                                (1 + static_cast<double>(age) * kMoreEachDay));
            std::vector<Millis> moments;
            for (int n = come(draw_); n > 0; --n) moments.push_back(SomeMomentOf(day));
            std::ranges::sort(moments);
            for (const Millis at : moments)
                if (at < until_) Visit(at);
        }
    }

private:
    struct Planned {
        const Actor& by;
        CodeDraft draft;
    };

    // One code after the other, the first at the beginning.
    void Plan() {
        const Catalogue& catalogue = world_.config.catalogue;
        const auto plan = [&](const Actor& by, const std::string& label, const char* uses) {
            planned_.push_back({by, {}});
            planned_.back().draft.label = label;
            planned_.back().draft.max_uses = uses;
            return &planned_.back().draft;
        };
        plan(ada_, "Members", "0");
        for (const GroupEntry& group : catalogue.task_groups) {
            const bool is_own = group.name == max_.task_group;
            plan(is_own ? max_ : ada_, group.label + " team", is_own ? "60" : "12")->task_group =
                group.name;
        }
        for (const RoleEntry& role : catalogue.roles)
            if (role.reach == Reach::kNone)
                plan(ada_, role.label + ", open day", "25")->role = role.name;
        plan(ada_, "Winter guests", "40")->expires_days = "60";
    }

    void AddNextCode() {
        if (planned_.empty()) return;
        const Planned next = planned_.front();
        planned_.pop_front();
        const auto permit = next.by.Ask<Permission::kCodesWrite>();
        if (!permit.ok()) return;
        const auto code = CreateCode(permit.value(), world_, {CodeScope::All()}, next.draft);
        if (code.ok()) codes_.push_back(code.value().code);
    }

    Millis SomeMomentOf(Millis day) {
        std::discrete_distribution<int> hours(kHours.begin(), kHours.end());
        return day + hours(draw_) * kHour + static_cast<Millis>(Below(kHour));
    }

    // Somebody comes to the door; what becomes of it is for the real rules to say.
    void Visit(Millis at) {
        clock_.SetTo(at);
        if (codes_.empty()) return;
        const std::string first = kFirstNames[Below(kFirstNames.size())];
        const std::string last = kLastNames[Below(kLastNames.size())];
        const std::size_t code = SomeCode();
        RegistrationForm form;
        form.presented.code = Below(100) < kMistypeOf100 ? "N0SVCHC0DE" : codes_[code];
        form.username = Fold(first + "." + last);
        if (!names_.insert(form.username).second && Below(100) >= kForgetfulOf100)
            form.username += std::to_string(++namesakes_);
        form.name = first + " " + last;
        form.email = form.username + "@example.org";
        form.password = form.password_confirm = RandomToken(world_.random, 12);
        const auto registered = Register(world_, {Door::kProgram, {}, {}}, form, SignIn::kNo);
        if (!registered.ok() && registered.error().reason == "code.invalid" &&
            form.presented.code == codes_[code])
            over_.insert(code);
    }

    // The first ones are asked for most, and those that refuse people less and less.
    std::size_t SomeCode() {
        const std::size_t one = Below(codes_.size()), other = Below(codes_.size());
        const std::size_t code = std::min(one, other);
        return over_.contains(code) && Below(100) >= kStubbornOf100 ? 0 : code;
    }

    std::uint32_t Below(std::size_t bound) {
        return RandomBelow(world_.random, static_cast<std::uint32_t>(bound));
    }

    const Millis until_;
    PastClock clock_;
    Passwords cheap_;  // nobody will ever log in with these
    World world_;
    const Actor ada_, max_;
    std::deque<Planned> planned_;
    std::vector<std::string> codes_;
    Draw draw_;
    std::set<std::size_t> over_;  // codes that have refused somebody
    std::set<std::string> names_;
    int namesakes_ = 1;
};

}  // namespace

void AddDemoHistory(World& world, const Account& administrator, const Account& manager) {
    History(world, administrator, manager).Run();
}

}  // namespace ostiary
