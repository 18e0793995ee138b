#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Globalization;
using Dunning.Local.Sdk;

namespace Azure.Data.Tables;

#pragma warning disable CA1032 // The official exception has this constructor alone.
public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys) Data[key] = requestFailedException.Data[key];
        if (int.TryParse(Data[StorageErrors.FailedIndex] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            FailedTransactionActionIndex = index;
    }

    public int? FailedTransactionActionIndex { get; }
}
