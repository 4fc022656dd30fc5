// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PaletteItem.h"

#include "theme/Style.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace stagewright {

PaletteItem::PaletteItem(const Theme &theme, Content content, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_content(std::move(content))
{
    showContent();
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PaletteItem::setContent(Content content)
{
    m_content = std::move(content);
    showContent();
    update();
}

void PaletteItem::showContent()
{
    setText(m_content.title);
    setAccessibleName(m_content.title);
    setAccessibleDescription(m_content.facts);
    switch (m_content.kind) {
    case Kind::Image:
        setToolTip(m_content.note.isEmpty()
                       ? tr("Drag onto the graph, or double-click to add a stage FROM %1").arg(m_content.id)
                       : m_content.id + QLatin1Char('\n') + m_content.note);
        break;
    case Kind::Instruction: setToolTip(tr("Drag onto a stage, or double-click to add to the selected stage")); break;
    case Kind::Template: setToolTip(tr("Double-click to open as a new document")); break;
    }
}

QSize PaletteItem::sizeHint() const
{
    switch (m_content.kind) {
    case Kind::Image: return {180, 41};
    case Kind::Instruction: return {90, 26};
    case Kind::Template: return {180, 28};
    }
    return {};
}

void PaletteItem::paintImage(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    QPen dashed(t.extLine, 1.2);
    dashed.setDashPattern({2.2, 2});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(dashed);
    painter.setBrush(t.field);
    painter.drawRoundedRect(QRectF(14.5, (height() - 26) / 2.0, 26, 26), 6, 6);
    painter.restore();
    painter.drawPixmap(20, (height() - 15) / 2, m_theme.pixmap(QStringLiteral("box"), t.ext, 15, devicePixelRatioF()));
    QRect title(49, 3, width() - 58, 18);
    painter.setFont(m_theme.monoFont(12));
    painter.setPen(t.text);
    // What tells images apart is at the end of the name: what does not fit goes from the front.
    QString name = m_content.title;
    if (painter.fontMetrics().horizontalAdvance(name) > title.width()) {
        name = name.section(QLatin1Char('/'), -1);
    }
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, title.width()));
    QRect facts = title.translated(0, 17);
    painter.setFont(m_theme.uiFont(11.5));
    QString rest = m_content.facts;
    if (m_content.noShell) {
        const QString none = rest.section(QStringLiteral(" · "), 0, 0);
        rest = rest.mid(none.size());
        QFont bold = painter.font();
        bold.setWeight(QFont::Medium);
        painter.setFont(bold);
        painter.setPen(t.error);
        painter.drawText(facts, Qt::AlignVCenter | Qt::AlignLeft, none);
        facts.setLeft(facts.left() + painter.fontMetrics().horizontalAdvance(none));
        painter.setFont(m_theme.uiFont(11.5));
    }
    painter.setPen(t.text2);
    painter.drawText(facts, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(rest, Qt::ElideRight, facts.width()));
}

void PaletteItem::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    const bool hover = underMouse() || isDown();
    if (m_content.kind == Kind::Instruction) {
        strokeRounded(&painter, rect(), 5, t.border2, hover ? t.hover : t.raised);
        painter.drawPixmap(8, (height() - 14) / 2, m_theme.pixmap(m_content.icon, t.text2, 14, devicePixelRatioF()));
        painter.setFont(m_theme.monoFont(11, QFont::Medium));
        painter.setPen(t.text);
        const int room = width() - 30;
        painter.drawText(QRect(27, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_content.title, Qt::ElideRight, room));
    } else {
        if (hover) {
            strokeRounded(&painter, rect().adjusted(6, 0, -6, 0), 6, QColor(), t.hover);
        }
        if (m_content.kind == Kind::Image) {
            paintImage(painter);
        } else {
            painter.drawPixmap(16, (height() - 15) / 2,
                               m_theme.pixmap(m_content.icon, t.text2, 15, devicePixelRatioF()));
            painter.setFont(m_theme.uiFont(12.5));
            painter.setPen(t.text);
            const int room = width() - 48;
            painter.drawText(QRect(38, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(m_content.title, Qt::ElideRight, room));
        }
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        strokeFocus(&painter, rect().adjusted(2, 0, -2, 0), 5, t.accent);
    }
}

void PaletteItem::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
    QAbstractButton::mousePressEvent(event);
}

void PaletteItem::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && m_content.kind != Kind::Template
        && (event->position().toPoint() - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        setDown(false);
        startDrag();
        return;
    }
    QAbstractButton::mouseMoveEvent(event);
}

void PaletteItem::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_content.kind != Kind::Image) {
        QAbstractButton::contextMenuEvent(event);
        return;
    }
    QMenu menu(this);
    menu.addAction(m_theme.icon(QStringLiteral("square-plus")), tr("Add a stage FROM it"), this,
                   &PaletteItem::activated);
    menu.addAction(m_theme.icon(QStringLiteral("git-compare")), tr("Compare with siblings…"), this,
                   &PaletteItem::comparisonWanted);
    menu.exec(event->globalPos());
}

void PaletteItem::startDrag()
{
    auto *mime = new QMimeData;
    const char *type = m_content.kind == Kind::Image ? imageMimeType : instructionMimeType;
    mime->setData(QLatin1StringView(type), m_content.id.toUtf8());
    mime->setText(m_content.id);
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(grab());
    drag->setHotSpot(m_pressed);
    drag->exec(Qt::CopyAction);
}

void PaletteItem::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT activated();
    }
}

void PaletteItem::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT activated();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace stagewright
