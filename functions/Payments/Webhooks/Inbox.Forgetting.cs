using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Erasure of deliveries: the row stays, so that a repeated delivery is recognized; body and headers are deleted. Two
/// indexes find the rows: a partition of all deliveries that were processed, by the hour of arrival, and a partition
/// for each customer.
/// </summary>
public sealed partial class Inbox
{
    private const string Bodies = "bodies";
    private const int MaxAttempts = 10;

    /// <summary>Indexes the delivery under the customers whose invoices it was applied to.</summary>
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

    /// <summary>Erases every processed delivery with payments of the customer.</summary>
    public async Task ForgetCustomerAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {customerId.Value}"),
                cancellationToken: cancellationToken
            )
        )
        {
            var parts = row.RowKey.Split('_');
            await ForgetAsync(new PaymentReceived(parts[0], parts[1]), cancellationToken);
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>
    /// Erases processed deliveries that arrived before the UTC hour of <paramref name="before"/>, oldest first.
    /// </summary>
    /// <returns>
    /// The number of index rows that were handled; <paramref name="maxCount"/> when there may be more.
    /// </returns>
    public async Task<int> ForgetBeforeAsync(DateTimeOffset before, int maxCount, CancellationToken cancellationToken)
    {
        var (end, count) = (Hour(before), 0);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Bodies} and RowKey lt {end}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (count++ == maxCount)
                return maxCount;
            var parts = row.RowKey.Split('_');
            await ForgetAsync(new PaymentReceived(parts[1], parts[2]), cancellationToken);
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
        return count;
    }

    /// <summary>
    /// Erases a delivery that is applied or in manual review. A new one is not changed: its body is still needed.
    /// </summary>
    public async Task ForgetAsync(PaymentReceived message, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await FindProcessedAsync(message, cancellationToken) is not { } row
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
                                customer.Value,
                                Link(customer, message).RowKey,
                                ETag.All,
                                cancellationToken
                            )
                        )
                );
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // The delivery is being applied again at the same time.
            }
        }
        throw new InvalidOperationException(
            $"Delivery {message.Delivery} was not erased: it was changed by others in {MaxAttempts} attempts."
        );
    }

    private async Task<TableEntity?> FindProcessedAsync(PaymentReceived message, CancellationToken cancellationToken)
    {
        foreach (var state in new[] { Applied, ManualReview })
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

    private static IEnumerable<CustomerId> Customers(WebhookDelivery delivery) =>
        delivery.Invoices.Select(invoice => invoice.Customer).Distinct();

    private static TableEntity Link(CustomerId customerId, PaymentReceived message) =>
        Rows.Entity(customerId.Value, $"{message.Endpoint}_{message.Delivery}");

    private static string BodyKey(WebhookDelivery delivery) =>
        $"{Hour(delivery.ReceivedAt)}_{delivery.Endpoint}_{delivery.Id}";

    private static string Hour(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
