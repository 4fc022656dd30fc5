// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/FindingTip.h"

#include "theme/Theme.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace stagewright {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(stagewright::FindingTip)
};

QString escaped(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toHtmlEscaped();
}

} // namespace

QString findingTip(const Diagnostic &finding, const std::vector<Fix> &fixes, const Theme &theme)
{
    const Tokens &t = theme.tokens();
    QString html
        = QStringLiteral("<div style='white-space:normal'><b style='color:%1'>%2</b> <span style='color:%3'>%4</span>")
              .arg(severityColour(finding.severity, t).name(), escaped(finding.title), t.text3.name(),
                   escaped(finding.ruleId));
    if (!finding.message.empty() && finding.message != finding.title)
        html += QStringLiteral("<br>%1").arg(escaped(finding.message));
    if (!fixes.empty()) {
        const QString keys = QKeySequence(Qt::ALT | Qt::Key_Enter).toString(QKeySequence::NativeText);
        html += QStringLiteral("<br><span style='color:%1'>%2</span>")
                    .arg(t.text3.name(), Words::tr("Fixes (%1):").arg(keys));
        for (const Fix &fix : fixes)
            html += QStringLiteral("<br>&nbsp;• %1").arg(escaped(fix.title));
    }
    return html + QStringLiteral("</div>");
}

QString severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Error: return QStringLiteral("circle-x");
    case Severity::Warning: return QStringLiteral("triangle-alert");
    case Severity::Info: break;
    }
    return QStringLiteral("info");
}

QColor severityColour(Severity severity, const Tokens &tokens)
{
    switch (severity) {
    case Severity::Error: return tokens.error;
    case Severity::Warning: return tokens.warn;
    case Severity::Info: break;
    }
    return tokens.accent;
}

QColor severityLine(Severity severity, const Tokens &tokens)
{
    switch (severity) {
    case Severity::Error: return tokens.errorLine;
    case Severity::Warning: return tokens.warnLine;
    case Severity::Info: break;
    }
    return tokens.extLine;
}

} // namespace stagewright
