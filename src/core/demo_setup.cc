#include "core/demo_setup.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>

#include "core/codes.h"
#include "core/registration.h"
#include "core/sessions.h"

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
        AddCodes();
        for (Millis day = clock_.Now(); day < until_; day += kDay) {
            const double age = static_cast<double>((day - until_ + kDemoBegan) / kDay);
            const int weekday = kWeekdays[static_cast<std::size_t>(day / kDay % 7)];
            std::poisson_distribution<int> come(kEachWeek * weekday / 100 *
                                                (1 + age * kMoreEachDay));
            std::vector<Millis> moments;
            for (int n = come(draw_); n > 0; --n) moments.push_back(SomeMomentOf(day));
            std::ranges::sort(moments);
            for (const Millis at : moments)
                if (at < until_) Visit(at);
        }
    }

private:
    void AddCodes() {
        const Catalogue& catalogue = world_.config.catalogue;
        Add(ada_, "Members", "", "", "0", "");
        Add(ada_, "Summer guests", "", "", "40", "60");
        for (const GroupEntry& group : catalogue.task_groups)
            Add(group.name == max_.task_group ? max_ : ada_, group.label + " team", group.name, "",
                group.name == max_.task_group ? "60" : "12", "");
        for (const RoleEntry& role : catalogue.roles)
            if (role.reach == Reach::kNone)
                Add(ada_, role.label + ", open day", "", role.name, "25", "");
    }

    void Add(const Actor& actor, std::string label, const std::string& group,
             const std::string& role, const std::string& uses, const std::string& days) {
        CodeDraft draft;
        draft.label = std::move(label);
        draft.max_uses = uses;
        if (!group.empty()) draft.task_group = group;
        if (!role.empty()) draft.role = role;
        if (!days.empty()) draft.expires_days = days;
        const auto permit = actor.Ask<Permission::kCodesWrite>();
        if (!permit.ok()) return;
        const auto code = CreateCode(permit.value(), world_, {CodeScope::All()}, draft);
        if (code.ok()) codes_.push_back(code.value().code);
    }

    Millis SomeMomentOf(Millis day) {
        std::discrete_distribution<int> hours(kHours.begin(), kHours.end());
        return day / kDay * kDay + hours(draw_) * kHour + static_cast<Millis>(Below(kHour));
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
