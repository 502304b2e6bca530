import { LEASE_ACTIONS, type OperationName } from '../../../../model/operation.ts'
import type { RecordedStep } from './recorded-session.ts'

/**
 * What a recording calls the operations that the model knows, by the word that the resource's name begins with. Where a name
 * stands for two operations, the status of a success tells them apart.
 */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, OperationName>>>> = {
  blob: {
    GET: 'getBlob',
    HEAD: 'getBlobProperties',
    'GET comp=metadata': 'getBlobMetadata',
    'GET comp=tags': 'getBlobTags',
    'GET comp=blocklist': 'getBlockList',
    'GET comp=pagelist': 'getPageRanges',
    'PUT BlockBlob': 'putBlob',
    'PUT AppendBlob': 'putAppendBlob',
    'PUT PageBlob': 'putPageBlob',
    'PUT comp=block': 'putBlock',
    'PUT comp=blocklist': 'putBlockList',
    'PUT comp=appendblock': 'appendBlock',
    'PUT comp=page': 'putPage',
    'PUT comp=metadata': 'setBlobMetadata',
    'PUT comp=properties': 'setBlobProperties',
    'PUT comp=tags': 'setBlobTags',
    'PUT comp=tier': 'setBlobTier',
    'PUT comp=snapshot': 'snapshotBlob',
    'PUT comp=undelete': 'undeleteBlob',
    'PUT copy': 'copyBlob',
    'PUT copy 201': 'putBlobFromUrl',
    DELETE: 'deleteBlob',
  },
  container: {
    'GET restype=container': 'getContainerProperties',
    'GET comp=metadata restype=container': 'getContainerMetadata',
    'GET comp=acl restype=container': 'getContainerAcl',
    'PUT restype=container': 'createContainer',
    'PUT comp=metadata restype=container': 'setContainerMetadata',
    'PUT comp=acl restype=container': 'setContainerAcl',
    'DELETE restype=container': 'deleteContainer',
  },
  share: {
    'GET restype=share': 'getShareProperties',
    'GET restype=share sharesnapshot': 'getShareSnapshotProperties',
    'GET comp=acl restype=share': 'getShareAcl',
    'PUT restype=share': 'createShare',
    'PUT comp=metadata restype=share': 'setShareMetadata',
    'PUT comp=acl restype=share': 'setShareAcl',
    'PUT comp=snapshot restype=share': 'snapshotShare',
    'DELETE restype=share': 'deleteShare',
  },
  file: {
    GET: 'getFile',
    HEAD: 'getFileProperties',
    'GET comp=metadata': 'getFileMetadata',
    'GET comp=rangelist': 'listRanges',
    PUT: 'createFile',
    'PUT 202': 'copyFile',
    'PUT comp=metadata': 'setFileMetadata',
    'PUT comp=properties': 'setFileProperties',
    'PUT comp=range': 'putRange',
    'PUT comp=rename': 'renameFile',
    'PUT comp=copy': 'abortCopyFile',
    'PUT copy': 'copyFile',
    DELETE: 'deleteFile',
  },
}

/** The word for what kind of resource a recorded name stands for. */
export function kindWordOf(name: string): string {
  return name.replace(/[0-9]+$/, '')
}

/** The model's name of a recorded operation; undefined if the model does not know it. */
export function operationNameOf({ r, op, st }: RecordedStep): OperationName | undefined {
  const action = LEASE_ACTIONS.find((each) => op === `lease:${each}`)
  const uses = OPERATIONS[kindWordOf(r)]
  return action ?? uses?.[`${op} ${st}`] ?? uses?.[op]
}
