using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Escalation;
using Dunning.Notices.Sms;
using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>Makes messages of the forecast with the channels that will send them. Nothing is stored or sent.</summary>
public sealed class ForecastTexts(
    EmailChannel email,
    SmsChannel sms,
    EscalationChannel escalation,
    SmsOptions smsOptions
)
{
    /// <returns>The very message; null for a letter or a call, which a person makes.</returns>
    public async Task<PreparedMessage?> CreateAsync(ForecastMessage message, CancellationToken cancellationToken) =>
        ChannelOf(message.Channel) is { } channel
            ? await channel.PrepareAsync(message.Request, cancellationToken)
            : null;

    /// <summary>What the message costs.</summary>
    /// <returns>Null for all but text messages.</returns>
    public SmsCost? CostOf(ForecastMessage message, PreparedMessage? prepared)
    {
        if (message.Channel is not Channel.Sms || prepared is not { Messages: var segments })
            return null;
        var price = smsOptions.PriceIn(message.Request.Customer.Country);
        return new SmsCost(segments, segments * price?.PerSegment, price?.Currency);
    }

    private INoticeChannel? ChannelOf(Channel channel) =>
        channel switch
        {
            Channel.Email => email,
            Channel.Sms => sms,
            Channel.Escalation => escalation,
            _ => null,
        };
}
