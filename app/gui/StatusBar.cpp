// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "StatusBar.h"

#include "DocumentPage.h"
#include "building/BuildController.h"
#include "building/BuildText.h"
#include "theme/Theme.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace stagewright {

/// Icon and text; a button when something can be done with it. A line separates it from the one before.
class StatusBar::Item : public QAbstractButton
{
public:
    Item(const Theme &theme, const char *icon, QColor Tokens::*colour, bool separated, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_icon(QString::fromLatin1(icon))
        , m_colour(colour)
        , m_separated(separated)
    {
        setFocusPolicy(Qt::NoFocus);
        setFont(theme.uiFont(12));
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void show(const QString &text, const QString &tip = {})
    {
        if (this->text() == text && toolTip() == tip && isVisibleTo(parentWidget()) == !text.isEmpty()) {
            update();
            return;
        }
        setText(text);
        setToolTip(tip);
        setAccessibleName(tip.isEmpty() ? text : tip);
        setVisible(!text.isEmpty());
        updateGeometry();
        update();
    }
    void setLook(const char *icon, QColor Tokens::*colour)
    {
        m_icon = QString::fromLatin1(icon);
        m_colour = colour;
    }
    void setSeparated(bool separated)
    {
        if (m_separated == separated)
            return;
        m_separated = separated;
        updateGeometry();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int text = fontMetrics().horizontalAdvance(this->text());
        return {text + (m_icon.isEmpty() ? 0 : 18) + (m_separated ? 21 : 10), 24};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_separated ? 60 : 10, 24}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(this);
        QRect r = rect();
        if (m_separated) {
            painter.fillRect(QRect(0, 6, 1, height() - 12), t.border2);
            r.setLeft(11);
        }
        if (!m_icon.isEmpty()) {
            const QColor colour = text() == QLatin1StringView("0") ? t.text3 : t.*m_colour;
            painter.drawPixmap(r.left(), (height() - 14) / 2, m_theme.pixmap(m_icon, colour, 14, devicePixelRatioF()));
            r.setLeft(r.left() + 18);
            painter.setPen(colour);
        } else {
            painter.setPen(t.text2);
        }
        painter.drawText(r, Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(text(), Qt::ElideRight, r.width()));
    }

private:
    const Theme &m_theme;
    QString m_icon;
    QColor Tokens::*m_colour;
    bool m_separated;
};

QString targetSentence(const BuildGraph &graph, const std::string &chosen)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("StatusBar", text); };
    if (graph.stages().empty()) {
        return {};
    }
    const QString name = chosen.empty() ? tr("default") : QString::fromStdString(chosen);
    if (graph.target() == StageId::None) {
        return tr("There is no stage “%1”").arg(name);
    }
    QStringList built;
    for (const Stage &stage : graph.stages()) {
        if (stage.reachable) {
            built << QString::number(indexOf(stage.id));
        }
    }
    const int total = static_cast<int>(graph.stages().size());
    if (built.size() == total) {
        return total == 1 ? tr("Target “%1” builds the only stage").arg(name)
                          : tr("Target “%1” builds all stages").arg(name);
    }
    if (built.size() == 1) {
        return tr("Target “%1” builds stage %2").arg(name, built.first());
    }
    if (built.size() > 4) {
        return tr("Target “%1” builds %2 of %3 stages").arg(name).arg(built.size()).arg(total);
    }
    const QString last = built.takeLast();
    return tr("Target “%1” builds stages %2 and %3").arg(name, built.join(QStringLiteral(", ")), last);
}

StatusBar::StatusBar(const Theme &theme, QWidget *parent)
    : QStatusBar(parent)
    , m_theme(theme)
{
    setSizeGripEnabled(false);
    setFixedHeight(24);
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(10, 0, 4, 0);
    layout->setSpacing(0);
    const auto add = [&](const char *icon, QColor Tokens::*colour, bool separated) {
        auto *item = new Item(theme, icon, colour, separated, line);
        layout->addWidget(item);
        return item;
    };
    m_build = add("hammer", &Tokens::accent, false);
    m_failure = add("x", &Tokens::error, true);
    m_cached = add("", &Tokens::text2, true);
    m_errors = add("circle-x", &Tokens::error, true);
    m_warnings = add("triangle-alert", &Tokens::warn, false);
    m_size = add("", &Tokens::text2, true);
    m_target = add("", &Tokens::text2, true);
    layout->addStretch(1);
    m_cursor = add("", &Tokens::text2, false);
    m_encoding = add("", &Tokens::text2, true);
    m_saved = add("", &Tokens::text2, true);
    m_version = add("", &Tokens::text2, false);
    addWidget(line, 1);
    connect(m_errors, &QAbstractButton::clicked, this, &StatusBar::findingsClicked);
    connect(m_warnings, &QAbstractButton::clicked, this, &StatusBar::findingsClicked);
    connect(m_build, &QAbstractButton::clicked, this, &StatusBar::buildClicked);
    connect(m_failure, &QAbstractButton::clicked, this, &StatusBar::failureClicked);
    showDocument(nullptr);
    showBuild(nullptr);
}

void StatusBar::showBuild(const BuildController *builds)
{
    const QString sentence = builds ? buildSentence(*builds) : QString();
    if (sentence.isEmpty()) {
        for (Item *item : {m_build, m_failure, m_cached})
            item->show({});
        m_errors->setSeparated(false);
        return;
    }
    m_errors->setSeparated(true);
    const bool clock
        = builds->phase() != BuildController::Phase::Asking && builds->result() != engine::BuildResult::NotStarted;
    const bool busy = builds->isBusy();
    const bool built = builds->result() == engine::BuildResult::Built;
    m_build->setLook(busy        ? "loader-circle"
                         : built ? "circle-check"
                                 : "circle-x",
                     busy        ? &Tokens::accent
                         : built ? &Tokens::ok
                                 : &Tokens::error);
    QString text = clock ? sentence + QStringLiteral(", ") + durationText(builds->elapsed()) : sentence;
    if (!busy && builds->isOutdated())
        text += tr(" (an older text)");
    m_build->show(text, busy ? QString() : builds->error().section(QLatin1Char('\n'), -1));
    QString failure;
    if (const auto failed = builds->failedStep()) {
        const engine::StepPlace place = builds->steps()->placeOf(*failed);
        const QString word = failureWord(builds->progress().step(*failed));
        failure = place.stage == StageId::None
            ? word
            : tr("%1 failed: %2")
                  .arg(QString::fromStdString(builds->snapshot()->graph().stage(place.stage).displayName), word);
    }
    m_failure->show(failure);
    const auto cached
        = std::ranges::count(builds->progress().steps(), engine::StepState::Cached, &engine::BuildStep::state);
    m_cached->show(cached == 0 ? QString() : cached == 1 ? tr("1 step cached") : tr("%1 steps cached").arg(cached));
}

QString StatusBar::buildSummary() const
{
    QStringList parts;
    for (const Item *item : {m_build, m_failure, m_cached}) {
        if (!item->text().isEmpty())
            parts << item->text();
    }
    return parts.join(QStringLiteral(" | "));
}

void StatusBar::showDocument(const DocumentPage *page)
{
    if (!page) {
        for (Item *item : {m_errors, m_warnings, m_size, m_target, m_cursor, m_encoding, m_saved}) {
            item->show({});
        }
        m_version->show(tr("Stagewright %1").arg(QCoreApplication::applicationVersion()));
        return;
    }
    m_version->show({});
    const DocumentPage::Counts counts = page->counts();
    m_errors->show(QString::number(counts.errors),
                   counts.errors == 1 ? tr("1 error") : tr("%1 errors").arg(counts.errors));
    m_warnings->show(QString::number(counts.warnings),
                     counts.warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(counts.warnings));
    const Snapshot &snapshot = *page->session().snapshot();
    const int stages = static_cast<int>(snapshot.graph().stages().size());
    // A stage's FROM is the stage, not one of its instructions.
    int instructions = 0;
    for (const Instruction &instruction : snapshot.tree().instructions()) {
        instructions += instruction.kind == InstructionKind::From ? 0 : 1;
    }
    m_size->show((stages == 1 ? tr("1 stage") : tr("%1 stages").arg(stages)) + QStringLiteral(", ")
                 + (instructions == 1 ? tr("1 instruction") : tr("%1 instructions").arg(instructions)));
    m_target->show(targetSentence(snapshot.graph(), page->session().options().target));
    const SourceText &text = snapshot.text();
    QString ending = text.dominantLineEnding() == LineEnding::CrLf ? QStringLiteral("CRLF") : QStringLiteral("LF");
    if (text.hasMixedLineEndings()) {
        ending = tr("mixed line endings, mostly %1").arg(ending);
    }
    m_encoding->show((text.hasByteOrderMark() ? tr("UTF-8 with BOM") : QStringLiteral("UTF-8")) + QStringLiteral(", ")
                         + ending,
                     tr("Encoding and line endings are kept as they are"));
    const QDateTime saved = page->file().lastSaved();
    m_saved->show(saved.isValid() ? tr("Saved %1").arg(QLocale::c().toString(saved.time(), QStringLiteral("HH:mm")))
                                  : QString());
}

void StatusBar::showCursor(LineColumn position)
{
    m_cursor->show(tr("Ln %1, Col %2").arg(position.line).arg(position.column));
}

QString StatusBar::summary() const
{
    return m_size->text();
}

} // namespace stagewright
