// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/CardChips.h"

#include <QCoreApplication>

#include <algorithm>

namespace stagewright {

namespace {

constexpr double gap = 6;

QString translate(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphModel", text);
}

double widthOf(const std::vector<ChipView> &chips)
{
    double sum = 0;
    for (const ChipView &chip : chips)
        sum += chip.width + gap;
    return sum;
}

} // namespace

CardChips::CardChips(const Snapshot &snapshot, const Catalog &catalog, const QFontMetricsF &small)
    : m_snapshot(snapshot)
    , m_catalog(catalog)
    , m_small(small)
{
}

/// Facts that the caller may change.
static std::optional<ImageFacts> copied(const ImageFactsPtr &facts)
{
    return facts ? std::optional(*facts) : std::nullopt;
}

std::optional<ImageFacts> CardChips::factsOf(const Stage &stage) const
{
    const BuildGraph &graph = m_snapshot.graph();
    const Stage *at = &stage;
    // A stage's base is an earlier stage, so this ends; the count guards against a broken graph
    for (std::size_t steps = 0; at->base.kind == BaseKind::Stage && steps <= graph.stages().size(); ++steps)
        at = &graph.stage(at->base.stage);
    std::optional<ImageFacts> facts;
    if (at->base.kind == BaseKind::Scratch)
        facts = copied(m_catalog.lookup("scratch"));
    else if (at->base.kind == BaseKind::Image)
        facts = copied(m_catalog.lookup(at->base.reference));
    // USER of the stage or of what it is built on
    at = &stage;
    for (std::size_t steps = 0; steps <= graph.stages().size(); ++steps) {
        const auto instructions = m_snapshot.instructionsOf(at->id);
        const auto user = std::find_if(instructions.rbegin(), instructions.rend(),
                                       [](const Instruction &i) { return i.kind == InstructionKind::User; });
        if (user != instructions.rend()) {
            if (!facts)
                facts.emplace();
            facts->user
                = user->arguments.find('$') == std::string_view::npos ? std::string(user->arguments) : std::string();
            facts->uid.reset();
            break;
        }
        if (at->base.kind != BaseKind::Stage)
            break;
        at = &graph.stage(at->base.stage);
    }
    return facts;
}

bool CardChips::isShellCopiedIn(const Stage &stage) const
{
    if (!m_states)
        m_states = ShellStates::compute(m_snapshot, m_catalog);
    return m_states->stage(stage.id).binShAtEnd == Known::Yes;
}

ChipView CardChips::make(const char *icon, const QString &text, ChipView::Tone tone) const
{
    return {QString::fromLatin1(icon), text, tone, 7 + 13 + 4 + m_small.horizontalAdvance(text) + 8};
}

void CardChips::addStatus(std::vector<ChipView> &chips, const ImageFacts &facts) const
{
    if (facts.status == ImageStatus::EndOfLife)
        chips.push_back(make("triangle-alert", translate("end of life"), ChipView::Tone::Bad));
    else if (facts.status == ImageStatus::Deprecated)
        chips.push_back(make("triangle-alert", translate("deprecated"), ChipView::Tone::Bad));
    else if (facts.status == ImageStatus::NeverPublished)
        chips.push_back(make("triangle-alert", translate("never published"), ChipView::Tone::Bad));
}

void CardChips::addShell(std::vector<ChipView> &chips, const ImageFacts &facts, const Stage *stage) const
{
    if (facts.hasShell == Known::No && stage && isShellCopiedIn(*stage)) {
        chips.push_back(make("square-terminal", translate("/bin/sh copied in")));
    } else if (facts.hasShell == Known::No) {
        chips.push_back(make("ban", translate("no shell"), ChipView::Tone::Bad));
    } else if (facts.hasShell == Known::Yes) {
        const QString shell = facts.shell.empty() ? translate("shell") : toQString(facts.shell);
        // A shell that RUN does not find is not the usual one
        const bool elsewhere = facts.shellFormWorks == Known::No;
        chips.push_back(make("square-terminal", elsewhere ? translate("only %1").arg(shell) : shell,
                             elsewhere ? ChipView::Tone::Bad : ChipView::Tone::Neutral));
    }
}

void CardChips::shorten(std::vector<ChipView> &chips, double room, bool hasUser) const
{
    if (widthOf(chips) <= room)
        return;
    std::size_t hidden = 0;
    const auto more = [&] { return make("more-horizontal", QStringLiteral("+%1").arg(hidden)); };
    while (chips.size() > 1 && (hidden == 0 || widthOf(chips) + more().width + gap > room)) {
        // The user stays as long as it can: the libc goes first
        const bool last = chips.size() == 2 || !hasUser;
        chips.erase(last ? chips.end() - 1 : chips.end() - 2);
        ++hidden;
    }
    chips.push_back(more());
}

std::vector<ChipView> CardChips::chipsOf(const ImageFacts &facts, const Stage *stage, Room room) const
{
    std::vector<ChipView> chips;
    addStatus(chips, facts);
    addShell(chips, facts, stage);
    const std::string user = facts.user.substr(0, facts.user.find(':'));
    const bool root = user == "root" || user == "0";
    if (facts.libc == "none")
        chips.push_back(make("puzzle", translate("no libc")));
    else if (!facts.libc.empty())
        chips.push_back(make("puzzle", toQString(facts.libc)));
    if (!user.empty())
        chips.push_back(root ? make("user-round", QStringLiteral("root"))
                             : make("shield-check", translate("non-root"), ChipView::Tone::Good));
    // The package manager mostly follows from the rest: it never makes a card wider
    if (!facts.packageManager.empty()) {
        ChipView manager = make("box", toQString(facts.packageManager));
        if (16 + widthOf(chips) + room.taken + manager.width + gap <= room.comfortable)
            chips.push_back(std::move(manager));
    }
    shorten(chips, room.most, !user.empty());
    return chips;
}

} // namespace stagewright
