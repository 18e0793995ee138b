using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Dunning.Payments.Ledger;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// How deliveries are forgotten: the key stays, as the guard against duplicates, and the body goes. Two indexes find
/// them: one partition of all that have a body, by the hour they came in, and one partition for each customer.
/// </summary>
public sealed partial class Inbox
{
    private const string Bodies = "bodies";
    private const int MaxAttempts = 10;

    /// <summary>Says whose payments it told of.</summary>
    public Task LinkAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Customers(delivery)
                .Select(customer =>
                    table.UpsertEntityAsync(
                        Link(customer, delivery.Message),
                        TableUpdateMode.Replace,
                        cancellationToken
                    )
                )
        );

    /// <summary>Forgets every body that told of the customer's payments.</summary>
    public async Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken)
    {
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {customerId}"),
                cancellationToken: cancellationToken
            )
        )
        {
            var parts = row.RowKey.Split('_');
            await ForgetAsync(new PaymentReceived(parts[0], parts[1]), cancellationToken);
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>Forgets bodies that came in before an instant's hour, oldest first.</summary>
    /// <returns>How many; as many as <paramref name="most"/> when there may be more.</returns>
    public async Task<int> ForgetBeforeAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var (end, done) = (Hour(before), 0);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Bodies} and RowKey lt {end}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (done++ == most)
                return most;
            var parts = row.RowKey.Split('_');
            await ForgetAsync(new PaymentReceived(parts[1], parts[2]), cancellationToken);
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
        return done;
    }

    /// <summary>Forgets one that has been dealt with; one that is still to be applied keeps what it says.</summary>
    public async Task ForgetAsync(PaymentReceived message, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await FindDealtWithAsync(message, cancellationToken) is not { } row
                || Rows.Read<WebhookDelivery>(row) is not { IsErased: false } delivery
            )
                return;
            try
            {
                await table.UpdateEntityAsync(
                    Rows.Write(row.PartitionKey, row.RowKey, delivery.Erase()),
                    row.ETag,
                    TableUpdateMode.Replace,
                    cancellationToken
                );
                await Task.WhenAll(
                    Customers(delivery)
                        .Select(customer =>
                            table.DeleteEntityAsync(
                                customer,
                                Link(customer, message).RowKey,
                                ETag.All,
                                cancellationToken
                            )
                        )
                );
                return;
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // It is being applied once more at this moment.
            }
        }
        throw new InvalidOperationException($"Delivery {message.Delivery} kept changing.");
    }

    private async Task<TableEntity?> FindDealtWithAsync(PaymentReceived message, CancellationToken cancellationToken)
    {
        foreach (var state in new[] { Done, Parked })
        {
            if (
                await table.GetEntityIfExistsAsync<TableEntity>(
                    message.Endpoint,
                    state + message.Delivery,
                    cancellationToken: cancellationToken
                ) is
                { HasValue: true } row
            )
                return row.Value;
        }
        return null;
    }

    private static IEnumerable<string> Customers(WebhookDelivery delivery) =>
        delivery.Invoices.Select(invoice => invoice.Customer).Distinct();

    private static TableEntity Link(string customerId, PaymentReceived message) =>
        new(customerId, $"{message.Endpoint}_{message.Delivery}");

    private static string BodyKey(WebhookDelivery delivery) =>
        $"{Hour(delivery.ReceivedAt)}_{delivery.Endpoint}_{delivery.Id}";

    private static string Hour(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
