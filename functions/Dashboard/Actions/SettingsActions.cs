using Dunning.Dashboard.Layout;
using Dunning.Notices.Email;
using Dunning.Payments.Webhooks;
using Dunning.Scheduling;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What can be done on the page of the settings.</summary>
public sealed class SettingsActions(StopSending stop, StartSending start, SendTestReminder test, ConfirmFeed feed)
{
    private static readonly ActionField _reason = new("reason", Prose, true);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("stop", (input, cancellationToken) => stop.Run(Call(input), cancellationToken), _reason),
            Create(
                "start",
                (input, cancellationToken) =>
                {
                    input.Body["confirm"] = true;
                    return start.Run(Call(input), cancellationToken);
                },
                _reason
            ),
            Create("confirmFeed", (input, cancellationToken) => feed.Run(Call(input), input.Id, cancellationToken)),
            Create("testMessage", (input, cancellationToken) => test.Run(Call(input), cancellationToken)),
        ];

    private static PageAction Create(
        string name,
        Func<ActionInput, CancellationToken, Task<IResult>> run,
        params ActionField[] fields
    ) =>
        new(name, fields)
        {
            FindSubject = (_, _) => Task.FromResult<ActionSubject?>(new ActionSubject("", Pages.Of("settings"))),
            Run = run,
        };

    private static HttpRequest Call(ActionInput input) => ApiCall.Create("POST", "", input.Body);
}
