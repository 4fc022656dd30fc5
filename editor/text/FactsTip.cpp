// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/FactsTip.h"

#include "lint/ShellStates.h"
#include "text/FactRows.h"
#include "theme/Theme.h"

#include <QCoreApplication>

#include <set>

namespace stagewright {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(stagewright::FactsTip)
};

constexpr std::size_t mostVariables = 8;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A table of names and values; "" as a value stands for "not known".
class Table
{
public:
    explicit Table(const Theme &theme)
        : m_t(theme.tokens())
    {
    }
    void heading(const QString &title)
    {
        m_html += QStringLiteral("<tr><td colspan='2'><b>%1</b></td></tr>").arg(title.toHtmlEscaped());
    }
    void row(const QString &name, const QString &value, const QColor &colour = {})
    {
        const QColor shown = value.isEmpty() ? m_t.text3 : (colour.isValid() ? colour : m_t.text);
        m_html
            += QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td style='color:%3'>%4</td></tr>")
                   .arg(m_t.text3.name(), name.toHtmlEscaped(), shown.name(),
                        (value.isEmpty() ? Words::tr("unknown") : value).toHtmlEscaped());
    }
    [[nodiscard]] QString html() const { return QStringLiteral("<table cellspacing='0'>%1</table>").arg(m_html); }

private:
    const Tokens &m_t;
    QString m_html;
};

void addFacts(Table &table, const ImageFacts &facts, const Tokens &t)
{
    for (const FactRow &row : factRows(facts))
        table.row(row.name, row.value,
                  row.tone == FactRow::Tone::Bad        ? t.error
                      : row.tone == FactRow::Tone::Warn ? t.warn
                                                        : QColor());
}

QString setAt(const Snapshot &snapshot, InstructionId id)
{
    return id == InstructionId::None ? QString()
                                     : Words::tr(" (line %1)").arg(snapshot.tree().instruction(id).firstLine);
}

/// ENTRYPOINT or CMD so far, with the image's where no instruction says anything.
QString startOf(const Snapshot &snapshot, InstructionId id, const std::optional<std::vector<std::string>> &image)
{
    if (id != InstructionId::None)
        return toText(snapshot.tree().instruction(id).arguments.substr(0, 120)) + setAt(snapshot, id);
    return image ? Words::tr("%1, the image's").arg(execForm(*image)) : QString();
}

QString stateTable(const Snapshot &snapshot, const ShellStates &states, const Instruction &instruction,
                   const Theme &theme)
{
    const InstructionState &state = states.at(instruction.id);
    const StageState &stage = states.stage(snapshot.graph().stageOf(instruction.id));
    Table table(theme);
    table.heading(Words::tr("Before line %1").arg(instruction.firstLine));
    QString shell = execForm(state.shell->command) + setAt(snapshot, state.shell->setBy);
    if (state.shellForm == Known::No)
        shell += Words::tr(": not in this image");
    else if (state.shellForm == Known::Unknown)
        shell += Words::tr("; not known whether it is there");
    table.row(Words::tr("Shell"), shell, state.shellForm == Known::No ? theme.tokens().error : QColor());
    QString user = toText(state.user->user);
    if (!state.user->group.empty())
        user += u':' + toText(state.user->group);
    table.row(Words::tr("User"), user.isEmpty() ? user : user + setAt(snapshot, state.user->setBy));
    table.row(Words::tr("WORKDIR"), toText(*state.workdir));
    const auto image = [&](std::optional<std::vector<std::string>> ImageFacts::*member) {
        return stage.facts ? (*stage.facts).*member : std::nullopt;
    };
    table.row(Words::tr("ENTRYPOINT"), startOf(snapshot, state.entrypoint, image(&ImageFacts::entrypoint)));
    // An ENTRYPOINT of this file resets the image's CMD
    const bool reset = state.entrypoint != InstructionId::None && state.cmd == InstructionId::None;
    table.row(Words::tr("CMD"), reset ? Words::tr("none") : startOf(snapshot, state.cmd, image(&ImageFacts::cmd)));
    std::set<std::string_view> seen;
    for (const EnvValue *value = state.env; value != nullptr && seen.size() < mostVariables; value = value->previous) {
        if (seen.insert(value->name).second)
            table.row(Words::tr("ENV %1").arg(toText(value->name)),
                      toText(value->value.substr(0, 120)) + setAt(snapshot, value->setBy));
    }
    return table.html();
}

} // namespace

QString imageTip(const QString &reference, const ImageFactsPtr &facts, const Theme &theme)
{
    const Tokens &t = theme.tokens();
    Table table(theme);
    table.heading(reference);
    const auto paragraph = [&t](const QString &words) {
        return QStringLiteral("<p style='color:%1; margin:4px 0 0 0'>%2</p>")
            .arg(t.text2.name(), words.toHtmlEscaped());
    };
    QString below;
    if (!facts) {
        below = paragraph(Words::tr("The catalogue does not know this image, so nothing is said about what it lacks."));
    } else {
        addFacts(table, *facts, t);
        if (facts->origin == FactsOrigin::Person)
            below += paragraph(Words::tr("From your catalogue."));
        else if (facts->origin == FactsOrigin::Project)
            below += paragraph(Words::tr("From the project's catalogue."));
        if (facts->byNameOnly)
            below += paragraph(Words::tr("Only the name tells this."));
        if (!facts->note.empty())
            below += paragraph(toText(facts->note));
        QStringList sources;
        for (const std::string &source : facts->sources)
            sources << toText(source);
        if (!sources.isEmpty())
            below += paragraph(Words::tr("Read in %1").arg(sources.join(QStringLiteral("; "))));
    }
    return QStringLiteral("<div style='white-space:normal'>%1%2</div>").arg(table.html(), below);
}

QString instructionTip(const Snapshot &snapshot, const Catalog &catalog, InstructionId id, const Theme &theme)
{
    const Instruction &instruction = snapshot.tree().instruction(id);
    const StageId stageId = snapshot.graph().stageOf(id);
    if (stageId == StageId::None)
        return {};
    const ShellStates states = ShellStates::compute(snapshot, catalog);
    const Stage &stage = snapshot.graph().stage(stageId);
    if (stage.from != id)
        return stateTable(snapshot, states, instruction, theme);
    const StageState &state = states.stage(stageId);
    QString tip = imageTip(toText(state.rootName), state.facts, theme);
    if (state.chain.size() > 1) {
        QStringList chain;
        for (const StageId part : state.chain)
            chain << toText(snapshot.graph().stage(part).displayName);
        chain << toText(state.rootName);
        tip = QStringLiteral("<div>%1</div>").arg(chain.join(QStringLiteral(" ← ")).toHtmlEscaped()) + tip;
    }
    return tip;
}

} // namespace stagewright
