// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/StageBars.h"

#include "layers/LayersModel.h"
#include "panels/PanelPaint.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr double margin = 14;
constexpr double barHeight = 24;
constexpr double barGap = 10;
constexpr double sumWidth = 74;
constexpr double lineHeight = 22;
constexpr double headHeight = 24;
constexpr double narrowestList = 330;
constexpr double listGap = 30;
constexpr double noteWidth = 56;
constexpr double bytesWidth = 58;
constexpr double widestMeter = 96;
constexpr double narrowMeter = 48; ///< In a list that is narrower than ampleList.
constexpr double ampleList = 440;

} // namespace

StageBars::StageBars(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Sizes as bars"));
    verticalScrollBar()->setSingleStep(static_cast<int>(lineHeight));
    connect(&theme, &Theme::changed, this, [this] {
        layOut();
        viewport()->update();
    });
}

void StageBars::setSizes(const DocumentSizes &sizes)
{
    const InstructionId chosen = shown(m_current) ? shown(m_current)->instruction : InstructionId::None;
    m_bars.clear();
    m_hover = {};
    m_heaviest = 0;
    for (const StageWeight &stage : sizes.stages()) {
        Bar bar{stage.name, stage.role, stage.total, {}, {}, {}, {}, {}};
        bar.parts.push_back({baseLine(stage),
                             stage.onStage ? stage.baseName : tr("base"),
                             stage.below(),
                             stage.from,
                             true,
                             stage.from == InstructionId::None,
                             {},
                             {},
                             {}});
        for (const InstructionWeight &one : stage.own) {
            const QString note = !one.time ? (addsLayer(one.kind) || one.trigger ? QString() : tr("setting"))
                : one.time->cached         ? tr("cached")
                                           : secondsText(one.time->seconds);
            bar.parts.push_back({one.text, note, one.bytes, one.instruction, false, one.changed, {}, {}, {}});
        }
        m_heaviest = std::max(m_heaviest, stage.total);
        m_bars.push_back(std::move(bar));
    }
    layOut();
    setCurrent(chosen);
    viewport()->update();
}

void StageBars::layOut()
{
    const double width = viewport()->width();
    double labelWidth = 60;
    const QFontMetricsF metrics(m_theme.uiFont(12.5));
    for (const Bar &bar : m_bars)
        labelWidth = std::max(labelWidth, metrics.horizontalAdvance(bar.name) + 26);
    labelWidth = std::min(labelWidth, 150.0);
    const double track = std::max(60.0, width - 2 * margin - labelWidth - sumWidth);
    double y = margin;
    for (Bar &bar : m_bars) {
        bar.label = {margin, y, labelWidth, barHeight};
        bar.track = {margin + labelWidth, y, track, barHeight};
        const double whole
            = m_heaviest == 0 ? 0 : track * static_cast<double>(bar.total) / static_cast<double>(m_heaviest);
        double x = bar.track.left();
        std::uint64_t most = 1;
        for (const Shown &part : bar.parts)
            most = std::max(most, part.base ? std::uint64_t(0) : part.bytes);
        for (Shown &part : bar.parts) {
            const double share = bar.total == 0 ? 0 : static_cast<double>(part.bytes) / static_cast<double>(bar.total);
            // Whatever weighs something can be seen; what that takes too much is a pixel or two.
            const double part_width = part.bytes == 0 ? 0 : std::max(2.0, whole * share);
            part.segment = {x, y, part_width, part.bytes == 0 ? 0 : barHeight};
            x += part_width;
            part.colours = part.base
                ? baseColours(m_theme.tokens())
                : ownColours(m_theme.tokens(), bar.role, static_cast<double>(part.bytes) / static_cast<double>(most));
        }
        bar.sum = {x + 10, y, sumWidth + track, barHeight};
        y += barHeight + barGap;
    }
    layOutLists(y + 4);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(m_height)) - viewport()->height()));
}

/// The lists stand side by side, as many as fit; each goes into the column that ends highest.
void StageBars::layOutLists(double top)
{
    const double width = viewport()->width() - 2 * margin;
    const int fit = std::max(1, static_cast<int>((width + listGap) / (narrowestList + listGap)));
    const int columns = std::clamp(static_cast<int>(m_bars.size()), 1, fit);
    const double one = (width - listGap * (columns - 1)) / columns;
    std::vector<double> ends(static_cast<std::size_t>(columns), top);
    for (Bar &bar : m_bars) {
        const auto lowest = std::ranges::min_element(ends);
        const double x = margin + static_cast<double>(lowest - ends.begin()) * (one + listGap);
        bar.head = {x, *lowest, one, headHeight};
        double y = *lowest + headHeight;
        for (Shown &part : bar.parts) {
            part.line = {x, y, one, lineHeight};
            y += lineHeight;
        }
        *lowest = y + 10;
    }
    m_height = std::ranges::max(ends);
}

const StageBars::Shown *StageBars::shown(Part part) const
{
    if (part.stage < 0 || part.stage >= static_cast<int>(m_bars.size()))
        return nullptr;
    const std::vector<Shown> &parts = m_bars[static_cast<std::size_t>(part.stage)].parts;
    return part.part >= 0 && part.part < static_cast<int>(parts.size()) ? &parts[static_cast<std::size_t>(part.part)]
                                                                        : nullptr;
}

void StageBars::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), t.dock);
    painter.translate(0, -verticalScrollBar()->value());
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t s = 0; s < m_bars.size(); ++s)
        paintBar(painter, m_bars[s], static_cast<int>(s));
    if (!m_bars.empty()) {
        const double y = m_bars.back().track.bottom() + barGap / 2 + 2;
        painter.fillRect(QRectF(margin, std::floor(y), viewport()->width() - 2 * margin, 1), t.border);
    }
    for (std::size_t s = 0; s < m_bars.size(); ++s)
        paintList(painter, m_bars[s], static_cast<int>(s));
}

void StageBars::paintBar(QPainter &painter, const Bar &bar, int stage) const
{
    const Tokens &t = m_theme.tokens();
    painter.setPen(Qt::NoPen);
    painter.setBrush(roleColour(bar.role, t));
    painter.drawRoundedRect(QRectF(bar.label.left(), bar.label.center().y() - 4.5, 9, 9), 2.5, 2.5);
    painter.setFont(m_theme.uiFont(12.5));
    painter.setPen(t.text);
    const QRectF name = bar.label.adjusted(16, 0, -8, 0);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, static_cast<int>(name.width())));
    for (std::size_t i = 0; i < bar.parts.size(); ++i) {
        const Shown &part = bar.parts[i];
        if (part.segment.isEmpty())
            continue;
        const bool hovered = m_hover == Part{stage, static_cast<int>(i)};
        // A pixel of the ground between two parts
        const double gap = part.segment.width() > 4 ? 1 : 0.5;
        const QRectF box = part.segment.adjusted(0, 0, -gap, 0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(hovered ? mixed(t.accent, part.colours.fill, 0.25) : part.colours.fill);
        painter.drawRoundedRect(box, std::min(3.0, box.width() / 2), 3);
        if (box.width() > 44) {
            painter.setFont(m_theme.monoFont(11.5));
            painter.setPen(part.colours.text);
            const QRectF room = box.adjusted(8, 0, -6, 0);
            const QString bytes = sizeText(part.bytes);
            QString words = part.text + QStringLiteral("  ") + bytes;
            const QFontMetricsF metrics(painter.font());
            if (metrics.horizontalAdvance(words) > room.width())
                words = metrics.elidedText(part.text, Qt::ElideRight,
                                           room.width() - metrics.horizontalAdvance(QStringLiteral("  ") + bytes))
                    + QStringLiteral("  ") + bytes;
            if (room.width() < 110)
                words = metrics.horizontalAdvance(bytes) <= room.width() ? bytes : QString();
            painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, words);
        }
    }
    if (stage == m_current.stage) {
        const Shown *current = shown(m_current);
        if (current && !current->segment.isEmpty())
            strokeRounded(&painter, current->segment.adjusted(-1, -2, 1, 2), 4, t.accent, Qt::transparent, 2);
    }
    painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    painter.setPen(t.text);
    painter.drawText(bar.sum, Qt::AlignVCenter | Qt::AlignLeft, sizeText(bar.total));
}

void StageBars::paintList(QPainter &painter, const Bar &bar, int stage) const
{
    const Tokens &t = m_theme.tokens();
    painter.setFont(m_theme.uiFont(11, QFont::DemiBold));
    painter.setPen(t.text3);
    painter.drawText(bar.head, Qt::AlignVCenter | Qt::AlignLeft, bar.name);
    for (std::size_t i = 0; i < bar.parts.size(); ++i) {
        const Shown &part = bar.parts[i];
        const Part at{stage, static_cast<int>(i)};
        if (at == m_current || at == m_hover) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(at == m_current ? t.accentSel : t.hover);
            painter.drawRoundedRect(part.line.adjusted(-6, 1, 6, -1), 4, 4);
        }
        if (at == m_current && hasFocus())
            strokeFocus(&painter, part.line.adjusted(-6, 1, 6, -1), 4, t.accent);
        const double right = part.line.right();
        const QRectF note(right - noteWidth, part.line.top(), noteWidth, lineHeight);
        const double meterWidth = part.line.width() < ampleList ? narrowMeter : widestMeter;
        const QRectF meter(note.left() - 8 - meterWidth, part.line.center().y() - 4, meterWidth, 8);
        const QRectF bytes(meter.left() - 8 - bytesWidth, part.line.top(), bytesWidth, lineHeight);
        const QRectF text(part.line.left(), part.line.top(), bytes.left() - 8 - part.line.left(), lineHeight);
        painter.setFont(m_theme.monoFont(11.5));
        painter.setPen(part.faded ? t.text3 : t.text);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(part.text, Qt::ElideRight, static_cast<int>(text.width())));
        painter.setFont(m_theme.uiFont(12));
        painter.setPen(part.faded || part.bytes == 0 ? t.text3 : t.text2);
        painter.drawText(bytes, Qt::AlignVCenter | Qt::AlignRight, sizeText(part.bytes));
        painter.setPen(Qt::NoPen);
        painter.setBrush(at == m_current ? t.border : t.extTint);
        painter.drawRoundedRect(meter, 2, 2);
        const double share = m_heaviest == 0 ? 0 : static_cast<double>(part.bytes) / static_cast<double>(m_heaviest);
        if (part.bytes > 0) {
            painter.setBrush(part.base ? t.extLine : roleLine(bar.role, t));
            painter.drawRoundedRect(QRectF(meter.left(), meter.top(), std::max(2.0, meter.width() * share), 8), 2, 2);
        }
        painter.setFont(m_theme.uiFont(11));
        painter.setPen(at == m_current ? t.text2 : t.text3);
        painter.drawText(note, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(part.note, Qt::ElideRight, static_cast<int>(noteWidth)));
    }
}

QString StageBars::tipOf(Part part) const
{
    const Shown *at = shown(part);
    if (!at)
        return {};
    const Bar &bar = m_bars[static_cast<std::size_t>(part.stage)];
    QString tip = QStringLiteral("<p style='white-space:pre-wrap'>%1</p><p>%2</p>")
                      .arg(at->text.left(600).toHtmlEscaped(),
                           tr("%1 (%L2 bytes), %3 of %4")
                               .arg(sizeText(at->bytes))
                               .arg(at->bytes)
                               .arg(shareText(at->bytes, bar.total), bar.name.toHtmlEscaped()));
    if (!at->note.isEmpty() && !at->base)
        tip += QStringLiteral("<p>%1</p>").arg(at->note.toHtmlEscaped());
    if (at->faded)
        tip += QStringLiteral("<p>%1</p>")
                   .arg(tr("It is another instruction now, or gone: this is from the last build."));
    return tip;
}

QRectF StageBars::segmentRect(Part part) const
{
    const Shown *at = shown(part);
    return at ? at->segment.translated(0, -verticalScrollBar()->value()) : QRectF();
}

QRectF StageBars::lineRect(Part part) const
{
    const Shown *at = shown(part);
    return at ? at->line.translated(0, -verticalScrollBar()->value()) : QRectF();
}

StageBars::Part StageBars::partAt(QPoint position) const
{
    const QPointF at(position.x(), position.y() + verticalScrollBar()->value());
    for (std::size_t s = 0; s < m_bars.size(); ++s) {
        const std::vector<Shown> &parts = m_bars[s].parts;
        // The thinnest is drawn last and may reach over its neighbour
        for (std::size_t i = parts.size(); i-- > 0;) {
            if (parts[i].segment.contains(at) || parts[i].line.adjusted(-6, 0, 6, 0).contains(at))
                return {static_cast<int>(s), static_cast<int>(i)};
        }
    }
    return {};
}

void StageBars::setCurrent(InstructionId instruction)
{
    Part found;
    for (std::size_t s = 0; s < m_bars.size() && instruction != InstructionId::None; ++s) {
        for (std::size_t i = 0; i < m_bars[s].parts.size() && found.stage < 0; ++i) {
            if (m_bars[s].parts[i].instruction == instruction)
                found = {static_cast<int>(s), static_cast<int>(i)};
        }
    }
    // Several parts may belong to one instruction: the triggers of a base
    if (const Shown *now = shown(m_current);
        now && instruction != InstructionId::None && now->instruction == instruction)
        found = m_current;
    show(found);
}

void StageBars::show(Part part)
{
    m_current = part;
    if (const Shown *at = shown(part)) {
        QScrollBar *bar = verticalScrollBar();
        const int top = static_cast<int>(at->line.top());
        const int bottom = static_cast<int>(at->line.bottom()) + 6;
        if (bottom > bar->value() + viewport()->height())
            bar->setValue(bottom - viewport()->height());
        else if (top < bar->value())
            bar->setValue(part == Part{0, 0} ? 0 : top - static_cast<int>(headHeight));
        const QString words
            = tr("%1, %2, stage %3")
                  .arg(at->text, sizeText(at->bytes), m_bars[static_cast<std::size_t>(part.stage)].name);
        setAccessibleDescription(words);
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    viewport()->update();
}

void StageBars::choose(Part part)
{
    const Shown *at = shown(part);
    if (!at)
        return;
    show(part);
    if (at->instruction != InstructionId::None)
        Q_EMIT chosen(at->instruction);
}

void StageBars::step(int by)
{
    Part next = m_current;
    if (next.stage < 0) {
        choose({0, 0});
        return;
    }
    next.part += by;
    if (next.part < 0) {
        if (next.stage == 0)
            return;
        --next.stage;
        next.part = static_cast<int>(m_bars[static_cast<std::size_t>(next.stage)].parts.size()) - 1;
    } else if (next.part >= static_cast<int>(m_bars[static_cast<std::size_t>(next.stage)].parts.size())) {
        if (next.stage + 1 >= static_cast<int>(m_bars.size()))
            return;
        ++next.stage;
        next.part = 0;
    }
    choose(next);
}

void StageBars::stepStage(int by)
{
    const int last = static_cast<int>(m_bars.size()) - 1;
    if (last >= 0)
        choose({std::clamp(m_current.stage + by, 0, last), 0});
}

void StageBars::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right: step(1); return;
    case Qt::Key_Up:
    case Qt::Key_Left: step(-1); return;
    case Qt::Key_PageDown: stepStage(1); return;
    case Qt::Key_PageUp: stepStage(-1); return;
    case Qt::Key_Home: choose({0, 0}); return;
    case Qt::Key_End:
        if (!m_bars.empty())
            choose({static_cast<int>(m_bars.size()) - 1, static_cast<int>(m_bars.back().parts.size()) - 1});
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: choose(m_current); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void StageBars::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(partAt(event->position().toPoint()));
}

void StageBars::mouseMoveEvent(QMouseEvent *event)
{
    const Part at = partAt(event->position().toPoint());
    if (at == m_hover)
        return;
    m_hover = at;
    viewport()->setCursor(at.stage >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

bool StageBars::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Part at = partAt(help->pos());
        if (at.stage >= 0)
            QToolTip::showText(help->globalPos(), tipOf(at), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave && m_hover.stage >= 0) {
        m_hover = {};
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void StageBars::resizeEvent(QResizeEvent *)
{
    layOut();
}

} // namespace stagewright
